pub fn main() {
    let size = 5;
    println!("{size}");
    let size = 7;
    println!("{size}");
    let size: u32 = 9;
    println!("{size}");
}
