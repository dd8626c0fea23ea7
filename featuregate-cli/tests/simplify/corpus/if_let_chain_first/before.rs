pub fn main() {
    for name in [Some("a"), None] {
        if Feature::X.enabled() && let Some(name) = name {
            println!("{name}");
        }
    }
}
