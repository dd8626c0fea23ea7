pub fn main() {
    let n: &str = &String::from("a");
    println!("{n}");
}
