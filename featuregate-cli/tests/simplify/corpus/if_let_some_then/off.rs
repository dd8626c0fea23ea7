fn f(n: u32) {
    println!("off");
}
pub fn main() { f(3); }
