pub fn main() {
    let size = /* Less. */ 5;
    println!("{size}");
}
