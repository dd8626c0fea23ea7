pub fn main() {
    let n: &str = if Feature::X.enabled() { &String::from("a") } else { "b" };
    println!("{n}");
}
