pub fn main() {
    println!("off");
    println!("still off");
    println!("b");
}
