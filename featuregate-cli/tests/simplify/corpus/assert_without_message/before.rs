pub fn main() {
    println!("a");
    assert!(!Feature::X.enabled());
    println!("b");
}
