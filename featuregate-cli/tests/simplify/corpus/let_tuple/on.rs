pub fn main() {
    let name = "a";
    println!("{name}");
}
