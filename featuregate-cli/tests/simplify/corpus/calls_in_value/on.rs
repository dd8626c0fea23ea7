fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let both = hit("a", true);
    println!("{both}");
    let _ = hit("b", false);
    let one = true;
    println!("{one}");
    let neither = !hit("c", true);
    println!("{neither}");
}
