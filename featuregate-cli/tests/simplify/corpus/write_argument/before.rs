pub fn main() {
    use std::fmt::Write as _;
    let mut text = String::new();
    write!(text, "{}", Feature::X.enabled()).unwrap();
    if Feature::X.enabled() {
        writeln!(text, " more").unwrap();
    }
    println!("{text}");
}
