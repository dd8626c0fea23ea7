pub fn main() {
    println!("off");
    println!("end");
}
