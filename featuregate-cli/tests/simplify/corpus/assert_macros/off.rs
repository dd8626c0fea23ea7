fn f(n: u32) {
    assert!(n > 0, "n is {n}");
    println!("{n}");
}
pub fn main() { f(3); }
