fn f(n: u32) -> &'static str {
    match 0u32 {
        0 => "zero",
        1..=5 => "few",
        _ => "many",
    }
}
pub fn main() { println!("{} {}", f(3), f(9)); }
