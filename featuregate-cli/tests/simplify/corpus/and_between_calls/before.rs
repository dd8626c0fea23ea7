fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) && Feature::X.enabled() && hit("b", true) {
        println!("all");
    }
    let all = hit("c", false) || Feature::X.enabled() || hit("d", false);
    println!("{all}");
}
