pub fn main() {
    println!("on");
}
