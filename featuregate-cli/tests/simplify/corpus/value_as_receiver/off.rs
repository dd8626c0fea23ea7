pub fn main() {
    let size = "off".len();
    println!("{size}");
}
