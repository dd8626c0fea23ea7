pub fn main() {
    if Feature::X.enabled() && !Feature::X.enabled() {
        println!("never");
    }
    if Feature::X.enabled() || !Feature::X.enabled() {
        println!("always");
    }
}
