pub fn main() {
    if !Feature::X.enabled() {
        println!("off");
    } else {
        println!("on");
    }
}
