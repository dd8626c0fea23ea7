fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let both = hit("a", true) && Feature::X.enabled();
    println!("{both}");
    let one = hit("b", false) || Feature::X.enabled();
    println!("{one}");
    let neither = !(hit("c", true) && Feature::X.enabled());
    println!("{neither}");
}
