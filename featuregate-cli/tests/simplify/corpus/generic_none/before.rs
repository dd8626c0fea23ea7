fn f(n: u32) -> Option<u32> {
    let r = if Feature::X.enabled() { Some(n) } else { None };
    r
}
fn g() -> usize {
    let v = if Feature::X.enabled() { vec![1u8] } else { Vec::new() };
    v.len()
}
pub fn main() { println!("{:?} {}", f(5), g()); }
