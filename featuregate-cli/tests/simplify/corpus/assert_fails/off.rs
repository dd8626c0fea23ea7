pub fn main() {
    println!("a");
    panic!("{} must be on", "X");
}
