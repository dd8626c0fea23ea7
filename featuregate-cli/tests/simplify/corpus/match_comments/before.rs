pub fn main() {
    match Feature::X.enabled() {
        // The new way.
        true => println!("on"), // It is fast.
        // The old way.
        false => println!("off"),
    }
}
