pub fn main() {
    fn size() -> u32 {
        1
    }
    println!("{}", size());
}
