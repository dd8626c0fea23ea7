pub fn main() {
    for n in 0..3 {
        match n {
            0 => println!("zero"),
            _ if Feature::X.enabled() => println!("on"),
            1 => println!("one"),
            _ => println!("other"),
        }
    }
}
