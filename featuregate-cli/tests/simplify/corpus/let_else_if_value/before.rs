fn f(n: u32) -> u32 {
    let (true, m) = (Feature::X.enabled(), n) else {
        return 0;
    };
    m
}
pub fn main() { println!("{}", f(3)); }
