pub fn main() {
    println!("a");
    debug_assert!(false);
    println!("b");
}
