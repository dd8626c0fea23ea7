fn f(n: u32) -> u32 {
    unsafe {
        *std::ptr::addr_of!(n)
    }
}
pub fn main() { println!("{}", f(5)); }
