fn f(n: u32) -> u32 {
    #[allow(unused_variables)]
    let x = 0;
    x
}
pub fn main() { println!("{}", f(5)); }
