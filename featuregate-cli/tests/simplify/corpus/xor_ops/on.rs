fn f(a: bool) -> bool { !a }
fn g(a: bool) -> bool { !a }
fn h(a: bool) -> bool { a | !a }
pub fn main() { println!("{} {} {} {}", f(true), g(true), h(true), h(false)); }
