pub fn main() {
    for n in 0..3 {
        match n {
            0 => println!("zero on"),
            1 => println!("one"),
            _ => println!("other"),
        }
    }
}
