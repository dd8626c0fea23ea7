pub fn main() {
    if let Some(size) = Feature::X.enabled().then(|| 5) {
        println!("{size}");
    } else {
        println!("none");
    }
}
