fn a() -> u32 { 1 }
fn b() -> u32 { 2 }
pub fn main() {
    let f: fn() -> u32 = b;
    println!("{}", f());
    println!("{}", (b as fn() -> u32)());
}
