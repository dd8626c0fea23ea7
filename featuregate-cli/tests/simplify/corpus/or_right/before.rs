pub fn main() {
    let n = 3;
    if n > 5 || Feature::X.enabled() {
        println!("one");
    } else {
        println!("none");
    }
}
