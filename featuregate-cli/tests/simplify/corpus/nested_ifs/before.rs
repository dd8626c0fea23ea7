pub fn main() {
    if Feature::X.enabled() {
        if Feature::X.enabled() {
            println!("on");
        } else {
            println!("never");
        }
    } else {
        if !Feature::X.enabled() {
            println!("off");
        }
    }
}
