fn a() -> u32 { 1 }
fn b() -> u32 { 2 }
pub fn main() {
    let f: fn() -> u32 = if Feature::X.enabled() { a } else { b };
    println!("{}", f());
    println!("{}", (if Feature::X.enabled() { a } else { b as fn() -> u32 })());
}
