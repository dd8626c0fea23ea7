pub fn main() {
    println!("on");
    println!("b");
}
