fn f(v: &[u32]) -> Vec<u32> {
    v.iter()
        .copied()
        .map(|n| n)
        .take_while(|n| *n < 4)
        .collect()
}
pub fn main() { println!("{:?}", f(&[1, 2, 3, 4, 5])); }
