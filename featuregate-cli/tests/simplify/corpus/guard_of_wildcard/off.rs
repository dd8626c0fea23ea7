pub fn main() {
    for n in 0..3 {
        match n {
            0 => println!("zero"),
            1 => println!("one"),
            _ => println!("other"),
        }
    }
}
