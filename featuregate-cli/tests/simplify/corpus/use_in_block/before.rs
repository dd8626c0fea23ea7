fn f() -> u32 {
    if Feature::X.enabled() {
        use std::cmp::max;
        return max(1, 2);
    }
    let max = 5;
    max
}
pub fn main() { println!("{}", f()); }
