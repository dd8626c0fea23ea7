pub fn main() {
    if Feature::X.enabled() != true {
        println!("off");
    }
    if Feature::X.enabled() != false {
        println!("on");
    }
}
