pub fn main() {
    let size: Option<u32> = Feature::X.enabled().then_some(5);
    println!("{size:?}");
}
