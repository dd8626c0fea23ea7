pub fn main() {
    println!(
        "one
        two"
    );
    println!("{}", r#"a
            b"#);
}
