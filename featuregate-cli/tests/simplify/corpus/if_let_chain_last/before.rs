pub fn main() {
    for name in [Some("a"), None] {
        if let Some(name) = name
            && Feature::X.enabled()
        {
            println!("{name}");
        } else {
            println!("nothing");
        }
    }
}
