fn f(o: Option<u32>) -> u32 {
    match o {
        Some(n) => n + 1,
        None => 8,
    }
}
pub fn main() { println!("{} {} {}", f(Some(4)), f(Some(1)), f(None)); }
