pub fn main() {
    let name = Some("on").or(Some("off"));
    println!("{name:?}");
}
