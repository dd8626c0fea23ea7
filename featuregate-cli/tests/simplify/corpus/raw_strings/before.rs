fn f() -> String {
    if Feature::X.enabled() {
        r#"{"on": true}
  keep   spaces"#.to_string()
    } else {
        "a \
         b".to_string()
    }
}
pub fn main() { println!("{}", f()); }
