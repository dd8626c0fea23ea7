fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    println!("{}", hit("a", true));
    println!("{}", { let _ = hit("b", true); false });
}
