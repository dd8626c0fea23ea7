fn g(n: u32) -> bool { println!("g{n}"); n > 1 }
fn f() -> bool {
    let r = g(1) || g(2);
    let s = g(3) && g(4);
    r && s
}
pub fn main() { println!("{}", f()); }
