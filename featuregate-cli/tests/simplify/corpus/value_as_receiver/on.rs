pub fn main() {
    let size = "on".len();
    println!("{size}");
}
