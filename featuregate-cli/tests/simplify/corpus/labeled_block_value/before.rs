fn f(n: u32) -> u32 {
    let v = 'a: {
        if Feature::X.enabled() {
            break 'a n + 1;
        }
        if n > 3 {
            break 'a 7;
        }
        n
    };
    v * 2
}
pub fn main() { println!("{} {}", f(1), f(5)); }
