pub fn main() {
    let on = Feature::X.enabled();
    fn inner(on: u8) -> u8 {
        on + 1
    }
    println!("{} {}", inner(1), on);
}
