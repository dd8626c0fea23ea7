pub fn main() {
    println!("a");
    assert!(true);
    println!("b");
}
