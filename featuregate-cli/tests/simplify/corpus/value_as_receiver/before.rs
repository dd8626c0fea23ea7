pub fn main() {
    let size = if Feature::X.enabled() { "on" } else { "off" }.len();
    println!("{size}");
}
