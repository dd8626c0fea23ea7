pub fn main() {
    for name in [Some("a"), None] {
        match name {
            Some(name) if Feature::X.enabled() => println!("on {name}"),
            Some(other) => println!("off {other}"),
            None => println!("none"),
        }
    }
}
