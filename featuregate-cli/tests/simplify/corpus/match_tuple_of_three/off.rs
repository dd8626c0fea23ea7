pub fn main() {
    for n in 0..3 {
        match (n, n > 1) {
            (_, false) | (0, true) => println!("a"),
            (_, true) => println!("b"),
            (_, false) => println!("c"),
        }
    }
}
