pub fn main() {
    use std::fmt::Write as _;
    let mut text = String::new();
    write!(text, "{}", false).unwrap();
    println!("{text}");
}
