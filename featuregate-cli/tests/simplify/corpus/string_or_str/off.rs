pub fn main() {
    let n: &str = "b";
    println!("{n}");
}
