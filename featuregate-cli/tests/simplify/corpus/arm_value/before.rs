pub fn main() {
    for n in 0..3 {
        let size = match n {
            0 => if Feature::X.enabled() { 1 } else { 2 }
            1 => if Feature::X.enabled() { 3 } else { 4 },
            _ => 5,
        };
        println!("{size}");
    }
}
