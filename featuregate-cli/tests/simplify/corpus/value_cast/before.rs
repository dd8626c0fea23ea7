pub fn main() {
    println!("{} {}", Feature::X.enabled() as u8, u32::from(!Feature::X.enabled()));
}
