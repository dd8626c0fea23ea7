pub fn main() {
    println!("a");
    println!("off");
}
