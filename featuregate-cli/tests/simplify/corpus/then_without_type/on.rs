pub fn main() {
    let size = Some(5);
    println!("{size:?}");
}
