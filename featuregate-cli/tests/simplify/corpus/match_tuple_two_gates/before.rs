fn f(n: Option<u32>, b: bool) -> u32 {
    match (n, Feature::X.enabled(), b) {
        (Some(n), true, _) => n,
        (Some(_), false, true) => 1,
        (None, true, false) => 2,
        (_, _, _) => 3,
    }
}
pub fn main() { println!("{} {} {} {}", f(Some(5), true), f(Some(5), false), f(None, false), f(None, true)); }
