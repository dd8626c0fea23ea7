fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) {
        println!("both");
    }
    if hit("b", false) {
        println!("both");
    } else {
        println!("not both");
    }
}
