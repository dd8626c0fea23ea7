pub fn main() {
    println!("{} {}", false, true);
}
