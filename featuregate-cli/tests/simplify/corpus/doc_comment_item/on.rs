fn f() -> u32 {
    /// Inner docs.
    #[derive(Debug)]
    struct In(u32);
    println!("{:?}", In(1));
    In(2).0
}
pub fn main() { println!("{}", f()); }
