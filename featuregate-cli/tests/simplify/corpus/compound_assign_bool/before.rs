fn f(n: u32) -> bool {
    let mut ok = n > 2;
    ok &= Feature::X.enabled();
    ok |= !Feature::X.enabled();
    ok ^= Feature::X.enabled();
    ok
}
pub fn main() { println!("{} {}", f(3), f(1)); }
