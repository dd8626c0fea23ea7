pub fn main() {
    let n = 3;
    assert!(Feature::X.enabled() && n > 2 || n > 1, "{n}");
    println!("{}", Feature::X.enabled());
}
