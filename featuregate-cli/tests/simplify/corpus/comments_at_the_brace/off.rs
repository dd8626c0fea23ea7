pub fn main() {
    // The old way.
        println!("off");
}
