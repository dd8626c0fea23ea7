pub fn main() {
    println!("{} {:?} {value}", Feature::X.enabled(), !Feature::X.enabled(), value = Feature::X.enabled() && 1 < 2);
    let text = format!("{}", if Feature::X.enabled() { "on" } else { "off" });
    println!("{text}");
}
