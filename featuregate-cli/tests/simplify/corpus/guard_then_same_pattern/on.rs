pub fn main() {
    for name in [Some("a"), None] {
        match name {
            Some(name) => println!("on {name}"),
            None => println!("none"),
        }
    }
}
