pub fn main() {
    println!("{} {}", 0u8, 1u32);
}
