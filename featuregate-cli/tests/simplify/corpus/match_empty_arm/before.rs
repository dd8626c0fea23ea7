pub fn main() {
    match Feature::X.enabled() {
        true => println!("on"),
        false => {}
    }
    match Feature::X.enabled() {
        true => (),
        false => println!("off"),
    }
}
