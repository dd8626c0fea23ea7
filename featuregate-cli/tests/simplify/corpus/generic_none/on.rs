fn f(n: u32) -> Option<u32> {
    let r = Some(n);
    r
}
fn g() -> usize {
    let v = vec![1u8];
    v.len()
}
pub fn main() { println!("{:?} {}", f(5), g()); }
