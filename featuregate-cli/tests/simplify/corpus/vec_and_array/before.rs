fn f() -> Vec<bool> {
    let a = [Feature::X.enabled(), !Feature::X.enabled()];
    let mut v = vec![Feature::X.enabled(); 2];
    v.extend(a);
    v
}
pub fn main() { println!("{:?}", f()); }
