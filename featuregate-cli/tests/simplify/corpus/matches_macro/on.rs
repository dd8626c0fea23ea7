fn f(n: u32) -> bool {
    matches!(n, 1 | 2)
}
fn g(n: Option<u32>) -> bool {
    matches!(n, Some(_))
}
pub fn main() { println!("{} {} {}", f(1), f(5), g(Some(1))); }
