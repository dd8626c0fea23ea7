pub fn main() {
    println!("a");
    panic!("assertion failed");
}
