pub fn main() {
    let a = 2;
    let b = 3;
    let size = 2 * (a + b);
    println!("{size}");
}
