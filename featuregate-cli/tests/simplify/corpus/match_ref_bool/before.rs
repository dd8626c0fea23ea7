fn f(n: u32) -> u32 {
    match &Feature::X.enabled() {
        true => n,
        false => 0,
    }
}
pub fn main() { println!("{}", f(3)); }
