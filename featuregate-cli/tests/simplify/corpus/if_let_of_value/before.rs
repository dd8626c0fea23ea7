pub fn main() {
    let names = ["a", "b"];
    if let Some(name) = if Feature::X.enabled() { names.first() } else { names.last() } {
        println!("{name}");
    }
}
