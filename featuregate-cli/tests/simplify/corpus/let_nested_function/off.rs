pub fn main() {
    fn inner(on: u8) -> u8 {
        on + 1
    }
    println!("{} {}", inner(1), false);
}
