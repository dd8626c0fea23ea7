pub fn main() {
    println!("on");
    println!("still on");
    println!("end");
}
