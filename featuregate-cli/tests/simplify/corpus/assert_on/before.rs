pub fn main() {
    println!("a");
    assert!(Feature::X.enabled() || true);
    assert!(Feature::X.enabled() == Feature::X.enabled(), "the same");
    println!("b");
}
