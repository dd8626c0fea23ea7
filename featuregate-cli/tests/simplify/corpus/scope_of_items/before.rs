pub fn main() {
    fn size() -> u32 {
        1
    }
    println!("{}", size());
    if Feature::X.enabled() {
        fn size() -> u32 {
            2
        }
        println!("{}", size());
    }
}
