pub fn main() {
    if Feature::X.enabled() {
        println!("on");
    } else {
        println!("off");
    }
    println!("b");
}
