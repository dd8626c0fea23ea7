pub fn main() {
    println!("{} {}", 1u8, 0u32);
}
