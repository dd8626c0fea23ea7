fn f(a: bool, b: bool) -> u32 {
    if !(a || b) { 1 } else { 3 }
}
pub fn main() { println!("{} {} {}", f(true, false), f(false, true), f(false, false)); }
