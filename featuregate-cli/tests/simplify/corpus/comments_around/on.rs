pub fn main() {
    // Before.

    // About the choice.
    println!("on");

    // About the end.
    println!("end");
}
