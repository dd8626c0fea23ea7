pub fn main() {
    for n in 0..3 {
        match (n, Feature::X.enabled(), n > 1) {
            (0, true, _) => println!("zero on"),
            (_, false, false) | (0, _, true) => println!("a"),
            (_, _, true) => println!("b"),
            (_, _, false) => println!("c"),
        }
    }
}
