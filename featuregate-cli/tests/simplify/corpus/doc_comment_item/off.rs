fn f() -> u32 {
    3
}
pub fn main() { println!("{}", f()); }
