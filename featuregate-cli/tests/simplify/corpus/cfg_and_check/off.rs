fn f() -> bool {
    false
}
pub fn main() { println!("{}", f()); }
