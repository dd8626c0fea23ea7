fn g(n: u32) -> bool { println!("g{n}"); n > 1 }
fn f() -> bool {
    let r = g(1) || Feature::X.enabled() || g(2);
    let s = g(3) && !Feature::X.enabled() && g(4);
    r && s
}
pub fn main() { println!("{}", f()); }
