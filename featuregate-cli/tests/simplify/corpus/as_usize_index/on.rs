fn f() -> &'static str { ["off", "on"][1] }
fn g() -> u32 { 1u32 * 4 }
pub fn main() { println!("{} {}", f(), g()); }
