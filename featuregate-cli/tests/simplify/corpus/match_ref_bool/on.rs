fn f(n: u32) -> u32 {
    n
}
pub fn main() { println!("{}", f(3)); }
