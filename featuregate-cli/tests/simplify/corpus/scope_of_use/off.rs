pub fn main() {
    println!("end");
}
