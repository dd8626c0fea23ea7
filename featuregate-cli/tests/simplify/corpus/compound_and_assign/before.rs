fn f(n: u32) -> u32 {
    let mut total = n;
    if Feature::X.enabled() { total += 1 } else { total -= 1 }
    total += if Feature::X.enabled() { 10 } else { 20 };
    total
}
pub fn main() { println!("{} {}", f(3), f(1)); }
