fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    for n in 0..3 {
        if n == 0 {
            println!("zero");
        } else if hit("a", n == 1) && Feature::X.enabled() {
            println!("both");
        } else {
            println!("other");
        }
    }
}
