fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if Feature::X.enabled() && hit("a", true) {
        println!("both");
    }
    if Feature::X.enabled() || hit("b", true) {
        println!("one");
    }
}
