pub fn main() {
    for n in 0..2 {
        if n == 0 { println!("on, zero") } else { println!("on") }
    }
}
