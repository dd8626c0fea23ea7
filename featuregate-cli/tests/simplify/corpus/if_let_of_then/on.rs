pub fn main() {
    if let Some(size) = Some(5) {
        println!("{size}");
    } else {
        println!("none");
    }
}
