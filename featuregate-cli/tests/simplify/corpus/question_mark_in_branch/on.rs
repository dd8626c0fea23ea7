fn g(n: u32) -> Result<u32, String> { if n > 2 { Err("big".into()) } else { Ok(n) } }
fn f(n: u32) -> Result<u32, String> {
    let v = g(n)?;
    Ok(v + 1)
}
pub fn main() { println!("{:?} {:?}", f(3), f(1)); }
