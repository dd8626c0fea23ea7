pub fn main() {
    use std::fmt::Write as _;
    let mut text = String::new();
    write!(text, "{}", true).unwrap();
    writeln!(text, " more").unwrap();
    println!("{text}");
}
