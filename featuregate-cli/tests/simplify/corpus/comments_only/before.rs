pub fn main() {
    if Feature::X.enabled() {
        // Nothing to do.
    } else {
        println!("off");
    }
    println!("end");
}
