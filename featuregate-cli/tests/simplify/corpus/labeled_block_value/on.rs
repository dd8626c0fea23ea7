fn f(n: u32) -> u32 {
    let v = n + 1;
    v * 2
}
pub fn main() { println!("{} {}", f(1), f(5)); }
