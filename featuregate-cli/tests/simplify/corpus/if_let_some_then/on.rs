fn f(n: u32) {
    let x = n * 2;
    println!("on {x}");
}
pub fn main() { f(3); }
