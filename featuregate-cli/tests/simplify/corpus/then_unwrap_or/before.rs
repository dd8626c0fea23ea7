pub fn main() {
    let size = Feature::X.enabled().then_some(5).unwrap_or(6);
    println!("{size}");
    let size = Feature::X.enabled().then(|| 7).unwrap_or_else(|| 8);
    println!("{size}");
    let size: u32 = Feature::X.enabled().then(|| 9).unwrap_or_default();
    println!("{size}");
}
