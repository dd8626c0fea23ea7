pub fn main() {
    let n = 3;
    if Feature::X.enabled() || n > 5 {
        println!("one");
    } else {
        println!("none");
    }
}
