fn f(n: u32) -> u32 {
    let mut total = n;
    total += 1;
    total += 10;
    total
}
pub fn main() { println!("{} {}", f(3), f(1)); }
