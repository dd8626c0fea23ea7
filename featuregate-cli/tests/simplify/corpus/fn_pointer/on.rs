fn a() -> u32 { 1 }
fn b() -> u32 { 2 }
pub fn main() {
    let f: fn() -> u32 = a;
    println!("{}", f());
    println!("{}", a());
}
