pub fn main() {
    // The new way.
    println!("on")
}
