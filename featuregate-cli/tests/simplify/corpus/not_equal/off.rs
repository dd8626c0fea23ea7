pub fn main() {
    println!("off");
}
