fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let _ = hit("a", true);
    let _unused = hit("b", true);
}
