pub fn main() {
    for n in 0..3 {
        match (n, n > 1) {
            (0, _) => println!("zero on"),
            (0, true) => println!("a"),
            (_, true) => println!("b"),
            (_, false) => println!("c"),
        }
    }
}
