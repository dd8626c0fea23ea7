use std::fmt::Write;
fn f() -> String {
    let mut s = String::new();
    write!(s, "{}", "a").unwrap();
    writeln!(s, "x").unwrap();
    let _ = write!(&mut s, "{:?}", true);
    s
}
pub fn main() { println!("{}", f()); }
