pub fn main() {
    let (a, b) = (true, false);
    if a || b {
        println!("one and gate");
    }
    if a || b {
        println!("first");
    }
}
