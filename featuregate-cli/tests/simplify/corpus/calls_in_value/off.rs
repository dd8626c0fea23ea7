fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let _ = hit("a", true);
    let both = false;
    println!("{both}");
    let one = hit("b", false);
    println!("{one}");
    let _ = hit("c", true);
    let neither = true;
    println!("{neither}");
}
