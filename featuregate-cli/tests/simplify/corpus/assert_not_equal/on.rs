pub fn main() {
    panic!("assertion failed");
}
