pub fn main() {
    if Feature::X.enabled() { // The new way.
        println!("on");
    } else { // The old way.
        println!("off");
    }
}
