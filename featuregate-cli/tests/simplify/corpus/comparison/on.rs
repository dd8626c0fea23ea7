fn f() -> bool { true }
fn g() -> bool { true }
pub fn main() { println!("{} {}", f(), g()); }
