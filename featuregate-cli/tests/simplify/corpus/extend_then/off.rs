fn f() -> Vec<u32> {
    let mut v = vec![1];
    v.extend(if false { Some(3) } else { None });
    v
}
pub fn main() { println!("{:?}", f()); }
