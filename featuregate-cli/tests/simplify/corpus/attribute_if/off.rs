fn f(n: u32) -> u32 {
    #[allow(unused_variables)]
    let x = 0u32;
    x
}
pub fn main() { println!("{}", f(5)); }
