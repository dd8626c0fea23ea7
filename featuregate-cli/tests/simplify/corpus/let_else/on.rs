pub fn main() {
    for name in [Some("a"), None] {
        let Some(name) = name else {
            println!("none");
            continue;
        };
        println!("{name}");
    }
}
