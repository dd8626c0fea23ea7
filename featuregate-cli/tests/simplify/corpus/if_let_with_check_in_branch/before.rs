pub fn main() {
    for name in [Some("a"), None] {
        if let Some(name) = name {
            if Feature::X.enabled() {
                println!("{name}");
            }
        }
    }
}
