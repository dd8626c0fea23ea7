pub fn main() {
    for n in 0..3 {
        match (n, Feature::X.enabled()) {
            (0, true) => println!("zero on"),
            (0, false) => println!("zero off"),
            (1, _) => println!("one"),
            _ => println!("other"),
        }
    }
}
