pub fn main() {
    println!("{}", true);
    println!("off");
}
