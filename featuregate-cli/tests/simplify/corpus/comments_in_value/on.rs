pub fn main() {
    // More.
    let size = 10;
    println!("{size}");
}
