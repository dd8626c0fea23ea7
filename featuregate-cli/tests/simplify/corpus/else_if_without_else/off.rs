pub fn main() {
    for n in 0..3 {
        if n == 0 {
            println!("zero");
        }
    }
}
