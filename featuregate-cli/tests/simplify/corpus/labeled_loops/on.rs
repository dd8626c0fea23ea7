fn f(n: u32) -> u32 {
    let mut s = 0;
    'outer: for i in 0..n {
        for j in 0..n {
            if j == 2 {
                continue 'outer;
            }
            s += i * j;
        }
    }
    s
}
pub fn main() { println!("{} {}", f(3), f(5)); }
