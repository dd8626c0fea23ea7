fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    for n in 0..3 {
        if n == 0 {
            println!("zero");
        } else {
            let _ = hit("a", n == 1);
            println!("other");
        }
    }
}
