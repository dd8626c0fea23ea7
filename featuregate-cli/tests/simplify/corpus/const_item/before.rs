const LIMIT: u32 = 3;
static NAME: &str = "x";
fn f() -> u32 {
    const INNER: u32 = 4;
    if Feature::X.enabled() { LIMIT } else { INNER + NAME.len() as u32 }
}
pub fn main() { println!("{}", f()); }
