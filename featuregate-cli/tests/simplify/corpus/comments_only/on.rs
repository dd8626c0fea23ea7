pub fn main() {
    // Nothing to do.
    println!("end");
}
