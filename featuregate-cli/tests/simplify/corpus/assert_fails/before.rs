pub fn main() {
    println!("a");
    assert!(Feature::X.enabled(), "{} must be on", "X");
    println!("b");
}
