pub fn main() {
    for name in [Some("a"), None] {
        match (Feature::X.enabled(), name) {
            (true, Some(name)) => println!("on {name}"),
            (true, None) => println!("on"),
            (false, _) => println!("off"),
        }
    }
}
