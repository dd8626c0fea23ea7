fn f() -> u32 {
    use std::cmp::max;
    max(1, 2)
}
pub fn main() { println!("{}", f()); }
