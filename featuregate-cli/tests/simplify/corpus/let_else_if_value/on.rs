fn f(n: u32) -> u32 {
    let m = n;
    m
}
pub fn main() { println!("{}", f(3)); }
