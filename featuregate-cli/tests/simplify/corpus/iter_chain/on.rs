fn f(v: &[u32]) -> Vec<u32> {
    v.iter()
        .copied()
        .filter(|n| n % 2 == 0)
        .map(|n| n * 2)
        .take_while(|n| true)
        .collect()
}
pub fn main() { println!("{:?}", f(&[1, 2, 3, 4, 5])); }
