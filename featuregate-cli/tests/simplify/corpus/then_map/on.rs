fn f(n: u32) -> Option<u32> {
    Some(n).map(|n| n + 1).filter(|n| *n > 2)
}
pub fn main() { println!("{:?}", f(3)); }
