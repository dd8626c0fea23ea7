fn f() -> Vec<&'static str> {
    ["a"].into_iter().chain(Feature::X.enabled().then_some("b")).collect()
}
pub fn main() { println!("{:?}", f()); }
