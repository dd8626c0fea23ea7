fn f(n: u32) -> u32 {
    let m = n + 1;
    let [a, b] = [false, m > 2];
    if b { m } else { 0 }
}
pub fn main() { println!("{} {}", f(5), f(0)); }
