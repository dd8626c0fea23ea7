fn f() -> Vec<bool> {
    let a = [false, true];
    let mut v = vec![false; 2];
    v.extend(a);
    v
}
pub fn main() { println!("{:?}", f()); }
