pub fn main() {
    let size = 2;
    println!("{size}");
}
