pub fn main() {
    let size = { if Feature::X.enabled() { 1 } else { 2 } };
    println!("{size}");
}
