fn p(a: &str, b: u32) -> String { format!("{a}{b}") }
pub fn main() {
    println!("{}", p(if Feature::X.enabled() { "a" } else { "b" }, match Feature::X.enabled() { true => 1, false => 2 }));
    println!("{}", if Feature::X.enabled() { "x" } else { "y" }.len());
    println!("{:>w$}", 1, w = if Feature::X.enabled() { 5 } else { 8 });
}
