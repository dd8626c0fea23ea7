fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let mut n = 0;
    let _ = hit("a", n < 2);
    println!("{n}");
}
