fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let _ = hit("a", true);
    println!("one");
    let _ = hit("b", false);
    println!("one");
}
