pub fn main() {
    for name in [Some("a"), None] {
        match name {
            Some(other) => println!("off {other}"),
            None => println!("none"),
        }
    }
}
