pub fn main() {
    for n in 0..3 {
        if n == 1 {
            println!("one");
        } else {
            println!("other");
        }
    }
}
