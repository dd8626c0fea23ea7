pub fn main() {
    let size = if Feature::X.enabled() {
        // More.
        10
    } else {
        /* Less. */ 5
    };
    println!("{size}");
}
