pub fn main() {
    println!("none");
}
