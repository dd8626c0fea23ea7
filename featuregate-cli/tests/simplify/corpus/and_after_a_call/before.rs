fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) && Feature::X.enabled() {
        println!("both");
    }
    if hit("b", false) && Feature::X.enabled() {
        println!("both");
    } else {
        println!("not both");
    }
}
