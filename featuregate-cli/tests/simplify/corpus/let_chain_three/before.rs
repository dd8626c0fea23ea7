fn g(n: u32) -> Option<u32> { println!("g{n}"); n.checked_sub(2) }
fn f(n: u32) {
    if Feature::X.enabled() && let Some(a) = g(n) && let Some(b) = g(a) {
        println!("{a} {b}");
    }
    if let Some(a) = g(n) && !Feature::X.enabled() && a > 0 {
        println!("off {a}");
    } else {
        println!("else");
    }
}
pub fn main() { f(5); f(2); f(0); }
