use std::fmt::Write;
fn f() -> String {
    let mut s = String::new();
    write!(s, "{}", if Feature::X.enabled() { "a" } else { "b" }).unwrap();
    if Feature::X.enabled() { writeln!(s, "x").unwrap(); }
    let _ = write!(&mut s, "{:?}", Feature::X.enabled());
    s
}
pub fn main() { println!("{}", f()); }
