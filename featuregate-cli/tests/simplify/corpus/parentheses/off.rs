pub fn main() {
    let (a, b) = (true, false);
    if b {
        println!("first");
    }
}
