pub fn main() {
    let size: Option<u32> = None;
    println!("{size:?}");
}
