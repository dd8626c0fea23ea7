fn f(a: bool, b: bool) -> u32 {
    if !(Feature::X.enabled() && (a || b)) { 1 } else if !(a || Feature::X.enabled()) { 2 } else { 3 }
}
pub fn main() { println!("{} {} {}", f(true, false), f(false, true), f(false, false)); }
