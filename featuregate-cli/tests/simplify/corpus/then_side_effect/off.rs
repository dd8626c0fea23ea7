fn g(n: u32) -> u32 { println!("g{n}"); n }
pub fn main() {
    let x = false.then_some(g(3));
    println!("{x:?}");
    g(4);
}
