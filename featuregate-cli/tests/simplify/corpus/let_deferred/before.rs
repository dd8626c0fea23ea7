fn f(n: u32) -> u32 {
    let on;
    if n > 2 {
        on = Feature::X.enabled();
    } else {
        on = false;
    }
    if on { 1 } else { 2 }
}
pub fn main() { println!("{} {}", f(3), f(1)); }
