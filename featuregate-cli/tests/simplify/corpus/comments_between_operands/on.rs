pub fn main() {
    let n = 3;
    if n > 2 // Large.
        // And not too large.
        && n < 9
    {
        println!("yes");
    }
}
