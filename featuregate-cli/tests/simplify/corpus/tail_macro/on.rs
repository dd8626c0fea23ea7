fn f() -> String {
    format!("{}-{}", 1, true)
}
pub fn main() { println!("{}", f()); }
