pub fn main() {
    let size = 1;
    println!("{size}");
}
