fn f(n: u32) -> u32 {
    let mut i = 0;
    while !Feature::X.enabled() && i < n {
        i += 1;
    }
    while i < n && Feature::X.enabled() {
        i += 2;
    }
    i
}
pub fn main() { println!("{}", f(5)); }
