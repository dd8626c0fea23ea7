pub fn main() {
    println!("any")
}
