pub fn main() {
    for n in 0..3 {
        let size = match n {
            0 => 1,
            1 => 3,
            _ => 5,
        };
        println!("{size}");
    }
}
