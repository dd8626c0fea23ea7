fn f(n: u32) -> u32 {
    let v;
    v = n - 1;
    v
}
pub fn main() { println!("{} {}", f(3), f(1)); }
