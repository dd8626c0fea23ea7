fn f(n: u32) -> Result<u32, String> {
    Err("off".to_string())
}
pub fn main() { println!("{:?}", f(3)); }
