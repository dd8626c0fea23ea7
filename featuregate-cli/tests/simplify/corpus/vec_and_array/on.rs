fn f() -> Vec<bool> {
    let a = [true, false];
    let mut v = vec![true; 2];
    v.extend(a);
    v
}
pub fn main() { println!("{:?}", f()); }
