fn f() -> String {
    r#"{"on": true}
  keep   spaces"#.to_string()
}
pub fn main() { println!("{}", f()); }
