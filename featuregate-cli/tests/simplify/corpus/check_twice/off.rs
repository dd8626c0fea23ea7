pub fn main() {
    println!("always");
}
