pub fn main() {
    for name in [Some("a"), None] {
        let Some(name) = name else {
            if Feature::X.enabled() {
                println!("none");
            }
            continue;
        };
        println!("{name}");
    }
}
