fn f(n: u32) -> u32 {
    let mut i = 0;
    let r = {
        i += 1;
        i * 10
    };
    r + 1
}
pub fn main() { println!("{} {}", f(3), f(5)); }
