pub fn main() {
    println!("{} {}", Feature::X.enabled().then(|| 1).is_some(), Feature::X.enabled().then_some(1).is_none());
}
