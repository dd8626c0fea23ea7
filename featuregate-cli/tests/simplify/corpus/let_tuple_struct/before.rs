fn f(n: u32) -> u32 {
    let (on, m) = (Feature::X.enabled(), n + 1);
    let [a, b] = [Feature::X.enabled(), m > 2];
    if on && a || b { m } else { 0 }
}
pub fn main() { println!("{} {}", f(5), f(0)); }
