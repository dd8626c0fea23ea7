fn f(n: u32) -> u32 {
    let mut i = 0;
    while i < n {
        i += 2;
    }
    i
}
pub fn main() { println!("{}", f(5)); }
