use std::fmt::Write;
fn f() -> String {
    let mut s = String::new();
    write!(s, "{}", "b").unwrap();
    let _ = write!(&mut s, "{:?}", false);
    s
}
pub fn main() { println!("{}", f()); }
