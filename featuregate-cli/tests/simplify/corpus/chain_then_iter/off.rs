fn f() -> Vec<&'static str> {
    ["a"].into_iter().chain(None).collect()
}
pub fn main() { println!("{:?}", f()); }
