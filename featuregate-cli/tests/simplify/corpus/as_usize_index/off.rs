fn f() -> &'static str { ["off", "on"][false as usize] }
fn g() -> u32 { u32::from(false) * 4 }
pub fn main() { println!("{} {}", f(), g()); }
