fn f(n: u32) -> u32 {
    unsafe {
        0
    }
}
pub fn main() { println!("{}", f(5)); }
