fn f(n: u32) -> u32 {
    // Only with the gate.
    let x = n + 1;
    println!("yes");
    x
}
pub fn main() { println!("{}", f(3)); }
