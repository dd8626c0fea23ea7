pub fn main() {
    assert_eq!(Feature::X.enabled(), true, "on");
    println!("b");
}
