fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    if hit("a", true) && hit("b", true) {
        println!("all");
    }
    let _ = hit("c", false);
    let all = true;
    println!("{all}");
}
