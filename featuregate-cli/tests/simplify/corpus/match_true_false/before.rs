pub fn main() {
    match Feature::X.enabled() {
        true => println!("on"),
        false => println!("off"),
    }
}
