fn die() -> ! { panic!("x") }
fn f(n: u32) -> u32 {
    let v: u32 = n;
    let w = v;
    w
}
pub fn main() { println!("{:?}", std::panic::catch_unwind(|| f(5)).ok()); }
