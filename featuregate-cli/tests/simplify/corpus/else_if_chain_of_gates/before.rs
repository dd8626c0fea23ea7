pub fn main() {
    if !Feature::X.enabled() {
        println!("off");
    } else if Feature::X.enabled() {
        println!("on");
    } else {
        println!("never");
    }
}
