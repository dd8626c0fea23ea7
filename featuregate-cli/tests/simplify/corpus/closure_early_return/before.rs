fn f(v: &[u32]) -> Vec<u32> {
    v.iter().map(|n| {
        if !Feature::X.enabled() {
            return *n;
        }
        let m = n * 2;
        m + 1
    }).collect()
}
pub fn main() { println!("{:?}", f(&[1, 2])); }
