fn f(n: u32) -> bool {
    false
}
fn g(n: Option<u32>) -> bool {
    false
}
pub fn main() { println!("{} {} {}", f(1), f(5), g(Some(1))); }
