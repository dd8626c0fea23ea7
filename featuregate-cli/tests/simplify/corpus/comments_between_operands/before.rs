pub fn main() {
    let n = 3;
    if n > 2 // Large.
        // Only with the gate.
        && Feature::X.enabled()
        // And not too large.
        && n < 9
    {
        println!("yes");
    }
}
