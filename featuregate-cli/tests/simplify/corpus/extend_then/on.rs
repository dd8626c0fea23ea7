fn f() -> Vec<u32> {
    let mut v = vec![1];
    v.extend(Some(2));
    v.extend(Some(3));
    v
}
pub fn main() { println!("{:?}", f()); }
