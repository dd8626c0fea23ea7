fn p(a: &str, b: u32) -> String { format!("{a}{b}") }
pub fn main() {
    println!("{}", p("a", 1));
    println!("{}", "x".len());
    println!("{:>w$}", 1, w = 5);
}
