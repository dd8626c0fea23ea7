fn f(n: u32) -> u32 {
    let mut s = 0;
    'outer: for i in 0..n {
        for j in 0..n {
            if Feature::X.enabled() && j == 2 {
                continue 'outer;
            }
            if !Feature::X.enabled() && i == 3 {
                break 'outer;
            }
            s += i * j;
        }
    }
    s
}
pub fn main() { println!("{} {}", f(3), f(5)); }
