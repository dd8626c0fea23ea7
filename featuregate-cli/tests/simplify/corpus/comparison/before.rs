fn f() -> bool { Feature::X.enabled() > false }
fn g() -> bool { Feature::X.enabled() >= true }
pub fn main() { println!("{} {}", f(), g()); }
