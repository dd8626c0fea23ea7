fn f(n: u32) -> u32 {
    let v;
    if Feature::X.enabled() {
        v = n + 1;
    } else {
        v = n - 1;
    }
    v
}
pub fn main() { println!("{} {}", f(3), f(1)); }
