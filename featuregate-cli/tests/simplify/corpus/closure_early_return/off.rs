fn f(v: &[u32]) -> Vec<u32> {
    v.iter().map(|n| {
        *n
    }).collect()
}
pub fn main() { println!("{:?}", f(&[1, 2])); }
