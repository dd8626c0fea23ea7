pub fn main() {
    // Whether the new way is used.
    let on = Feature::X.enabled();
    // Uses it.
    if on {
        println!("on");
    }
}
