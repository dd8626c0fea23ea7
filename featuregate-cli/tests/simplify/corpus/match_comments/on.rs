pub fn main() {
    // The new way.
    // It is fast.
    println!("on")
}
