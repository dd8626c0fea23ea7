fn f(mut v: Vec<u32>) -> u32 {
    let mut s = 0;
    while let Some(n) = v.pop() {
        s += n;
    }
    s
}
pub fn main() { println!("{}", f(vec![1, 2, 3])); }
