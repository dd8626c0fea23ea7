fn f(o: Option<u32>) -> u32 {
    match o {
        Some(n) if n > 3 => n,
        Some(_) => 0,
        None => 9,
    }
}
pub fn main() { println!("{} {} {}", f(Some(4)), f(Some(1)), f(None)); }
