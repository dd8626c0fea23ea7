fn f(a: bool, b: bool) -> bool {
    a
        // and b
        && b
}
pub fn main() { println!("{} {}", f(true, true), f(true, false)); }
