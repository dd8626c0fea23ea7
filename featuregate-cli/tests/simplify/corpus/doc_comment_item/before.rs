fn f() -> u32 {
    if Feature::X.enabled() {
        /// Inner docs.
        #[derive(Debug)]
        struct In(u32);
        println!("{:?}", In(1));
        In(2).0
    } else {
        3
    }
}
pub fn main() { println!("{}", f()); }
