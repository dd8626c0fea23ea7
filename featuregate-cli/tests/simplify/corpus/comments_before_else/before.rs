pub fn main() {
    if Feature::X.enabled() {
        println!("on");
    }
    // The old way.
    else {
        println!("off");
    }
}
