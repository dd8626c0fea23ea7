pub fn main() {
    let (a, b) = (true, false);
    if (a || b) && Feature::X.enabled() {
        println!("one and gate");
    }
    if (a && (Feature::X.enabled())) || b {
        println!("first");
    }
}
