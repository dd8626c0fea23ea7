fn f(n: u32) -> u32 {
    if matches!(Feature::X.enabled(), true) { n } else { 0 }
}
pub fn main() { println!("{}", f(1)); }
