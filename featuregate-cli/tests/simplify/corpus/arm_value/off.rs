pub fn main() {
    for n in 0..3 {
        let size = match n {
            0 => 2,
            1 => 4,
            _ => 5,
        };
        println!("{size}");
    }
}
