pub fn main() {
    println!("b");
}
