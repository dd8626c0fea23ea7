fn f(a: bool, b: bool) -> bool {
    !(a && Feature::X.enabled() || b)
}
pub fn main() { println!("{} {} {}", f(true, false), f(false, true), f(false, false)); }
