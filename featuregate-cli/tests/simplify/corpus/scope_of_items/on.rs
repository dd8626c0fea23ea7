pub fn main() {
    fn size() -> u32 {
        1
    }
    println!("{}", size());
    {
        fn size() -> u32 {
            2
        }
        println!("{}", size());
    }
}
