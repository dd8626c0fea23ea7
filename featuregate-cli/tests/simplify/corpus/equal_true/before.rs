pub fn main() {
    if Feature::X.enabled() == true {
        println!("on");
    }
    if false == Feature::X.enabled() {
        println!("off");
    }
}
