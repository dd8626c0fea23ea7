pub fn main() {
    // Why it is on.
    println!("on"); // And how.
    // After.
    println!("end");
}
