fn f(n: u32) -> u32 {
    return n;
}
pub fn main() { println!("{}", f(5)); }
