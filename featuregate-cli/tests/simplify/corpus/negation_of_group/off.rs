fn f(a: bool, b: bool) -> bool {
    !b
}
pub fn main() { println!("{} {} {}", f(true, false), f(false, true), f(false, false)); }
