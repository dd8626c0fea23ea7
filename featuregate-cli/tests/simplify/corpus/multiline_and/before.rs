fn f(a: bool, b: bool) -> bool {
    a
        // needs the gate
        && Feature::X.enabled()
        // and b
        && b
}
pub fn main() { println!("{} {}", f(true, true), f(true, false)); }
