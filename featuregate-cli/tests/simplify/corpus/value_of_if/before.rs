pub fn main() {
    let size = if Feature::X.enabled() { 10 } else { 20 };
    println!("{size}");
}
