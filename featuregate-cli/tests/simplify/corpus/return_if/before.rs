fn f(n: u32) -> u32 {
    return if Feature::X.enabled() { n } else { n + 1 };
}
pub fn main() { println!("{}", f(5)); }
