pub fn main() {
    for n in 0..2 {
        if n == 1 { println!("off, one") } else { println!("off") }
    }
}
