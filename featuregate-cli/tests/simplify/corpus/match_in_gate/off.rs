pub fn main() {
    let n = 2;
    let size = n;
    println!("{size}");
}
