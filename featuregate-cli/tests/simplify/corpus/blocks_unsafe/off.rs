pub fn main() {
    let n = 5;
    let size = 1;
    println!("{size}");
}
