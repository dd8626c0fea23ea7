fn f(a: bool) -> bool { a ^ Feature::X.enabled() }
fn g(a: bool) -> bool { Feature::X.enabled() != a }
fn h(a: bool) -> bool { a | Feature::X.enabled() & !a }
pub fn main() { println!("{} {} {} {}", f(true), g(true), h(true), h(false)); }
