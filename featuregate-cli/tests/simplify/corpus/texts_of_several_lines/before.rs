pub fn main() {
    if Feature::X.enabled() {
        println!(
            "one
        two"
        );
        println!("{}", r#"a
            b"#);
    }
}
