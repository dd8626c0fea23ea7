fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    println!("{}", hit("a", true) ^ Feature::X.enabled());
    println!("{}", hit("b", true) & Feature::X.enabled());
}
