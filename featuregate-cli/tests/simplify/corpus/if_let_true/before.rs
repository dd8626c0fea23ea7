pub fn main() {
    if let true = Feature::X.enabled() {
        println!("on");
    } else {
        println!("off");
    }
}
