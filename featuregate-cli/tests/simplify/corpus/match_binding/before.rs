pub fn main() {
    match Feature::X.enabled() {
        true => println!("on"),
        other => println!("{other}"),
    }
}
