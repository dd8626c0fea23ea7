pub fn main() {
    for name in [Some("a"), None] {
        if let Some(name) = name && Feature::X.enabled() && name.len() == 1 {
            println!("{name}");
        }
    }
}
