pub fn main() {
    println!("a");
    println!("on");
}
