fn f() -> String {
    format!("{}-{}", 2, false)
}
pub fn main() { println!("{}", f()); }
