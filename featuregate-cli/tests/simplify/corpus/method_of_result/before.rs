pub fn main() {
    let name = (if Feature::X.enabled() { "on" } else { "off" }).to_uppercase();
    println!("{name}");
}
