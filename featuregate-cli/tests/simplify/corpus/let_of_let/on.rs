pub fn main() {
    println!("{}", true);
}
