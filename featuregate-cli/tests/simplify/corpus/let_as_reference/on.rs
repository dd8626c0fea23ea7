pub fn main() {
    let reference = &true;
    println!("{}", reference);
}
