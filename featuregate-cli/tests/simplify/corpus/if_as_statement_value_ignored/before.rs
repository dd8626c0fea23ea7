fn g() -> bool { println!("g"); true }
pub fn main() {
    let _ = Feature::X.enabled() && g();
    let _ = g() && Feature::X.enabled();
    _ = Feature::X.enabled() || g();
}
