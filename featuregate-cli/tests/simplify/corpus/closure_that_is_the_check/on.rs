pub fn main() {
    println!("on");
    println!("{}", true);
}
