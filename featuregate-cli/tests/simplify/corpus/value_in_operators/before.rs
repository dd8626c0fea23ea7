pub fn main() {
    let a = 2;
    let b = 3;
    let size = 2 * if Feature::X.enabled() { a + b } else { a - b };
    println!("{size}");
}
