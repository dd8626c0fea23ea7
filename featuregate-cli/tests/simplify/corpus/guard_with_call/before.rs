fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    for n in 0..2 {
        match n {
            0 if hit("a", true) && Feature::X.enabled() => println!("both"),
            _ if hit("b", false) || Feature::X.enabled() => println!("one"),
            _ => println!("none"),
        }
    }
}
