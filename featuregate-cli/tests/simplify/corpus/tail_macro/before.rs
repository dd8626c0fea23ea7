fn f() -> String {
    format!("{}-{}", if Feature::X.enabled() { 1 } else { 2 }, Feature::X.enabled())
}
pub fn main() { println!("{}", f()); }
