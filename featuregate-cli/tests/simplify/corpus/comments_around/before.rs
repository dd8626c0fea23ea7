pub fn main() {
    // Before.

    // About the choice.
    if Feature::X.enabled() {
        println!("on");
    }

    // About the end.
    println!("end");
}
