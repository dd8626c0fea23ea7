fn f() -> u32 {
    let max = 5;
    max
}
pub fn main() { println!("{}", f()); }
