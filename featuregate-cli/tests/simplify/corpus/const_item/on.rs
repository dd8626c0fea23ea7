const LIMIT: u32 = 3;
static NAME: &str = "x";
fn f() -> u32 {
    const INNER: u32 = 4;
    LIMIT
}
pub fn main() { println!("{}", f()); }
