pub fn main() {
    let (on, name) = (Feature::X.enabled(), "a");
    if on {
        println!("{name}");
    }
}
