fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    for n in 0..2 {
        match n {
            0 if { let _ = hit("a", true); false } => println!("both"),
            _ if hit("b", false) => println!("one"),
            _ => println!("none"),
        }
    }
}
