fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    for n in 0..2 {
        match n {
            0 if hit("a", true) => println!("both"),
            _ if { let _ = hit("b", false); true } => println!("one"),
            _ => println!("none"),
        }
    }
}
