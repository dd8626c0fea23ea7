fn f(n: u32) -> u32 {
    let mut i = n;
    loop {
        i += 1;
        if i > 9 {
            break i;
        }
    }
}
pub fn main() { println!("{}", f(5)); }
