pub fn main() {
    let on = Feature::X.enabled();
    if on {
        println!("first");
    }
    let on = 1 > 2;
    if on {
        println!("never");
    } else {
        println!("second");
    }
}
