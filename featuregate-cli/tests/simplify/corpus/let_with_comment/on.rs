pub fn main() {
    // Uses it.
    println!("on");
}
