fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    println!("{}", !hit("a", true));
    println!("{}", hit("b", true));
}
