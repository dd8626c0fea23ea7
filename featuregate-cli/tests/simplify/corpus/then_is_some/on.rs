pub fn main() {
    println!("{} {}", true, false);
}
