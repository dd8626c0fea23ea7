pub fn main() {
    let name = "on".to_uppercase();
    println!("{name}");
}
