fn f() -> &'static str { ["off", "on"][Feature::X.enabled() as usize] }
fn g() -> u32 { u32::from(Feature::X.enabled()) * 4 }
pub fn main() { println!("{} {}", f(), g()); }
