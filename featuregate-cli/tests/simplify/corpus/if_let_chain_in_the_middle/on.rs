pub fn main() {
    for name in [Some("a"), None] {
        if let Some(name) = name && name.len() == 1 {
            println!("{name}");
        }
    }
}
