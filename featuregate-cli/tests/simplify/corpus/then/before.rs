pub fn main() {
    let size: Option<u32> = Feature::X.enabled().then(|| 5);
    println!("{size:?}");
}
