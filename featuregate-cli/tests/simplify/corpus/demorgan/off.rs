fn f(a: bool, b: bool) -> u32 {
    1
}
pub fn main() { println!("{} {} {}", f(true, false), f(false, true), f(false, false)); }
