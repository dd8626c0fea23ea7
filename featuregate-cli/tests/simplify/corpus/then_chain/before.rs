pub fn main() {
    let name = Feature::X.enabled().then(|| "on").or(Some("off"));
    println!("{name:?}");
}
