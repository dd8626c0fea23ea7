pub fn main() {
    println!("off");
    println!("b");
}
