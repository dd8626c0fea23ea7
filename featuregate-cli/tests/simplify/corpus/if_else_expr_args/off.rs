fn p(a: &str, b: u32) -> String { format!("{a}{b}") }
pub fn main() {
    println!("{}", p("b", 2));
    println!("{}", "y".len());
    println!("{:>w$}", 1, w = 8);
}
