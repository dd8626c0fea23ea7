fn f() -> Vec<u32> {
    let mut v = vec![1];
    v.extend(Feature::X.enabled().then_some(2));
    v.extend(if Feature::X.enabled() { Some(3) } else { None });
    v
}
pub fn main() { println!("{:?}", f()); }
