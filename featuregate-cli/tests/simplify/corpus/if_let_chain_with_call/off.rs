fn first(name: &str) -> Option<&str> {
    println!("asked {name}");
    Some(name)
}

pub fn main() {
    if let Some(name) = first("a") {}
    if let Some(name) = first("b") {
        println!("{name}");
    }
}
