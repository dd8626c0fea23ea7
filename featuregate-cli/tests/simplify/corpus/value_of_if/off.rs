pub fn main() {
    let size = 20;
    println!("{size}");
}
