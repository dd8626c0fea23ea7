pub fn main() {
    match Feature::X.enabled() {
        true | false => println!("any"),
    }
}
