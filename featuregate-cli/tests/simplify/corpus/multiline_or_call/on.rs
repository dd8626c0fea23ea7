fn g(n: u32) -> bool { println!("g{n}"); n > 1 }
fn f() -> bool {
    let _ = g(1);
    let _ = g(3);
    false
}
pub fn main() { println!("{}", f()); }
