pub fn main() {
    let name = false.then(|| "on").or(Some("off"));
    println!("{name:?}");
}
