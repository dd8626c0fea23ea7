fn f() -> String {
    "a \
         b".to_string()
}
pub fn main() { println!("{}", f()); }
