pub fn main() {
    for n in 0..2 {
        match Feature::X.enabled() {
            true if n == 0 => println!("on, zero"),
            true => println!("on"),
            false if n == 1 => println!("off, one"),
            false => println!("off"),
        }
    }
}
