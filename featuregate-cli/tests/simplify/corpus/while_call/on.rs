fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let mut n = 0;
    while hit("a", n < 2) {
        n += 1;
    }
    println!("{n}");
}
