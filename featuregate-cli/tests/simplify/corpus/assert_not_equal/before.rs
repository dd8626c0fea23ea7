pub fn main() {
    assert_ne!(Feature::X.enabled(), true);
    println!("b");
}
