pub fn main() {
    let size = 5;
    println!("{size}");
}
