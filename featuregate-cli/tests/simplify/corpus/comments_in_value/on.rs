pub fn main() {
    let size = // More.
    10;
    println!("{size}");
}
