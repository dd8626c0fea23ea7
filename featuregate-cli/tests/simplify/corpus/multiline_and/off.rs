fn f(a: bool, b: bool) -> bool {
    false
}
pub fn main() { println!("{} {}", f(true, true), f(true, false)); }
