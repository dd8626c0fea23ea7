fn f() -> Vec<&'static str> {
    ["a"].into_iter().chain(Some("b")).collect()
}
pub fn main() { println!("{:?}", f()); }
