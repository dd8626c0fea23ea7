pub fn main() {
    // Why it is off.
    println!("off"); // And not.
    // After.
    println!("end");
}
