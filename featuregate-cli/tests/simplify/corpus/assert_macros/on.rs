fn f(n: u32) {
    debug_assert!(n < 10);
    println!("{n}");
}
pub fn main() { f(3); }
