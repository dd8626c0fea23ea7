fn g(n: u32) -> u32 { println!("g{n}"); n }
pub fn main() {
    g(1);
    let _ = g(2);
    let x = Some(g(3));
    println!("{x:?}");
}
