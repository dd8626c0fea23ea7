fn first(name: &str) -> Option<&str> {
    println!("asked {name}");
    Some(name)
}

pub fn main() {
    if let Some(name) = first("a") && Feature::X.enabled() {
        println!("{name}");
    }
    if let Some(name) = first("b") && !Feature::X.enabled() {
        println!("{name}");
    }
}
