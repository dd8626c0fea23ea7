fn die() -> ! { panic!("x") }
fn f(n: u32) -> u32 {
    let v: u32 = if Feature::X.enabled() { n } else { die() };
    let w = if Feature::X.enabled() { v } else { unreachable!() };
    w
}
pub fn main() { println!("{:?}", std::panic::catch_unwind(|| f(5)).ok()); }
