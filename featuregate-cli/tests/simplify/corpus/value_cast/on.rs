pub fn main() {
    println!("{} {}", true as u8, u32::from(false));
}
