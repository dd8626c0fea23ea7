fn f(n: u32) -> u32 {
    #[cfg(windows)]
    if Feature::X.enabled() {
        return 99;
    }
    #[cfg(not(windows))]
    let n = if Feature::X.enabled() { n + 1 } else { n };
    n
}
pub fn main() { println!("{}", f(5)); }
