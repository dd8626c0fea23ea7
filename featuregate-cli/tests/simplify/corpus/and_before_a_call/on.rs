fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) {
        println!("both");
    }
    println!("one");
}
