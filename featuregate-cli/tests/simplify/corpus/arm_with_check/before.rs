pub fn main() {
    for n in 0..3 {
        match n {
            0 => if Feature::X.enabled() { println!("on") } else { println!("off") },
            1 => {
                if Feature::X.enabled() {
                    println!("one");
                }
            }
            _ => println!("{}", Feature::X.enabled()),
        }
    }
}
