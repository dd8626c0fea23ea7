fn f(n: u32) -> u32 {
    unsafe {
        if Feature::X.enabled() {
            *std::ptr::addr_of!(n)
        } else {
            0
        }
    }
}
pub fn main() { println!("{}", f(5)); }
