fn f(n: u32) -> u32 {
    #[cfg(windows)]
    {
        return 99;
    }
    #[cfg(not(windows))]
    let n = n + 1;
    n
}
pub fn main() { println!("{}", f(5)); }
