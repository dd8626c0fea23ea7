fn f(n: u32) -> Result<u32, String> {
    Feature::X.enabled().then(|| n).ok_or("off".to_string())
}
pub fn main() { println!("{:?}", f(3)); }
