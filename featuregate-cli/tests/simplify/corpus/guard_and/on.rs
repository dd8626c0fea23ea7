pub fn main() {
    for n in 0..4 {
        match n {
            0 => println!("zero"),
            1 if n > 0 => println!("one"),
            2 => println!("two"),
            _ => println!("other"),
        }
    }
}
