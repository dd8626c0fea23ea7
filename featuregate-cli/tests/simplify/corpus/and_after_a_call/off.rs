fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let _ = hit("a", true);
    let _ = hit("b", false);
    println!("not both");
}
