pub fn main() {
    let size = 6;
    println!("{size}");
    let size = 8;
    println!("{size}");
    let size: u32 = Default::default();
    println!("{size}");
}
