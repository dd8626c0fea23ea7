fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) || Feature::X.enabled() {
        println!("one");
    }
    if hit("b", false) || Feature::X.enabled() {
        println!("one");
    } else {
        println!("none");
    }
}
