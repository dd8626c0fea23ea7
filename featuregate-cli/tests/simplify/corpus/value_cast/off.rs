pub fn main() {
    println!("{} {}", false as u8, u32::from(true));
}
