fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let _ = hit("a", true);
    let all = hit("c", false) || hit("d", false);
    println!("{all}");
}
