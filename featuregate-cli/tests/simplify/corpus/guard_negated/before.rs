pub fn main() {
    for n in 0..3 {
        match n {
            0 if !Feature::X.enabled() => println!("zero, off"),
            0 => println!("zero"),
            _ => println!("other"),
        }
    }
}
