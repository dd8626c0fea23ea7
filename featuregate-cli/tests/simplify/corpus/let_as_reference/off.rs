pub fn main() {
    let reference = &false;
    println!("{}", reference);
}
