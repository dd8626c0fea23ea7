pub fn main() {
    let on = Feature::X.enabled();
    println!("a");
    if on {
        println!("on");
    } else {
        println!("off");
    }
}
