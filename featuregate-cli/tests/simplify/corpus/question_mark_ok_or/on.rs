fn f(n: u32) -> Result<u32, String> {
    Some(()).ok_or_else(|| "off".to_string())?;
    Ok(n)
}
pub fn main() { println!("{:?}", f(3)); }
