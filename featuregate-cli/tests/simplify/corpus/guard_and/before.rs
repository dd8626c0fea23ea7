pub fn main() {
    for n in 0..4 {
        match n {
            0 if Feature::X.enabled() => println!("zero"),
            1 if n > 0 && Feature::X.enabled() => println!("one"),
            2 => println!("two"),
            _ => println!("other"),
        }
    }
}
