fn f() -> bool { false }
fn g() -> bool { false }
pub fn main() { println!("{} {}", f(), g()); }
