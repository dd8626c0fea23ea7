fn f(n: u32) -> u32 {
    #[cfg(not(windows))]
    let n = n;
    n
}
pub fn main() { println!("{}", f(5)); }
