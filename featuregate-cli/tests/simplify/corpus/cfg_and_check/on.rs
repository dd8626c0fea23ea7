fn f() -> bool {
    cfg!(unix)
}
pub fn main() { println!("{}", f()); }
