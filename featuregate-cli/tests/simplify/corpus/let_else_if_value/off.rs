fn f(n: u32) -> u32 {
    0
}
pub fn main() { println!("{}", f(3)); }
