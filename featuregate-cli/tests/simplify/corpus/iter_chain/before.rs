fn f(v: &[u32]) -> Vec<u32> {
    v.iter()
        .copied()
        .filter(|n| !Feature::X.enabled() || n % 2 == 0)
        .map(|n| if Feature::X.enabled() { n * 2 } else { n })
        .take_while(|n| Feature::X.enabled() || *n < 4)
        .collect()
}
pub fn main() { println!("{:?}", f(&[1, 2, 3, 4, 5])); }
