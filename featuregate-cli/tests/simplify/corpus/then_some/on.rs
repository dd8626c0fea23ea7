pub fn main() {
    let size: Option<u32> = Some(5);
    println!("{size:?}");
}
