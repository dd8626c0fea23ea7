fn f(n: u32) -> u32 {
    // Only with the gate.
    // Without.
    println!("no");
    0
}
pub fn main() { println!("{}", f(3)); }
