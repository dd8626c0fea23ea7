pub fn main() {
    for n in 0..4 {
        match n {
            2 => println!("two"),
            _ => println!("other"),
        }
    }
}
