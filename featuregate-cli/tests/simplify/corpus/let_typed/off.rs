pub fn main() {
    println!("{}", false);
}
