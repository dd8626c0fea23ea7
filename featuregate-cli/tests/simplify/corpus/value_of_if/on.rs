pub fn main() {
    let size = 10;
    println!("{size}");
}
