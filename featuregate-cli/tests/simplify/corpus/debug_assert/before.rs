pub fn main() {
    println!("a");
    debug_assert!(Feature::X.enabled());
    println!("b");
}
