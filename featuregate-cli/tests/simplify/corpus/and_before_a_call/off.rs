fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("b", true) {
        println!("one");
    }
}
