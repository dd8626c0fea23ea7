fn f(n: u32) {
    println!("end");
}
pub fn main() { f(3); }
