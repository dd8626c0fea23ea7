pub fn main() {
    let size = Feature::X.enabled().then(|| 5);
    println!("{size:?}");
}
