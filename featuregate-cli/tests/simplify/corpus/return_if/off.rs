fn f(n: u32) -> u32 {
    return n + 1;
}
pub fn main() { println!("{}", f(5)); }
