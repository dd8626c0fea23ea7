pub fn main() {
    if Feature::X.enabled() {
        // Why it is on.
        println!("on"); // And how.
    } else {
        // Why it is off.
        println!("off"); // And not.
    }
    // After.
    println!("end");
}
