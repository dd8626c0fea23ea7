fn f(n: u32) -> Option<u32> {
    Feature::X.enabled().then(|| n.checked_sub(1)).flatten()
}
pub fn main() { println!("{:?} {:?}", f(3), f(0)); }
