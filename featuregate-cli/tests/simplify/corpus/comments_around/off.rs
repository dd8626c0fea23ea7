pub fn main() {
    // Before.

    // About the end.
    println!("end");
}
