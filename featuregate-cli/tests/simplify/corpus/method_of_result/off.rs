pub fn main() {
    let name = "off".to_uppercase();
    println!("{name}");
}
