fn f() -> bool {
    cfg!(unix) && Feature::X.enabled()
}
pub fn main() { println!("{}", f()); }
