pub fn main() {
    let n = 3;
    let on = Feature::X.enabled() && n > 2;
    if on {
        println!("on");
    }
}
