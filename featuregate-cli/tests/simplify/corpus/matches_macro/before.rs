fn f(n: u32) -> bool {
    matches!(n, 1 | 2 if Feature::X.enabled())
}
fn g(n: Option<u32>) -> bool {
    matches!((Feature::X.enabled(), n), (true, Some(_)))
}
pub fn main() { println!("{} {} {}", f(1), f(5), g(Some(1))); }
