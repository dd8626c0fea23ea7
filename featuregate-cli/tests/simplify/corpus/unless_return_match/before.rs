fn f(o: Option<u32>) -> u32 {
    match o {
        Some(n) if n > 3 && Feature::X.enabled() => n,
        Some(n) if !Feature::X.enabled() => n + 1,
        Some(_) => 0,
        None if Feature::X.enabled() => 9,
        None => 8,
    }
}
pub fn main() { println!("{} {} {}", f(Some(4)), f(Some(1)), f(None)); }
