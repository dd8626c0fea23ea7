pub fn main() {
    println!("on");

    println!("b");

    println!("on again");
}
