fn f(n: Option<u32>, b: bool) -> u32 {
    match (n, b) {
        (Some(_), true) => 1,
        (_, _) => 3,
    }
}
pub fn main() { println!("{} {} {} {}", f(Some(5), true), f(Some(5), false), f(None, false), f(None, true)); }
