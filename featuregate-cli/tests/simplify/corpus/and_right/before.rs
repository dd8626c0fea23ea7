pub fn main() {
    let n = 3;
    if n > 2 && Feature::X.enabled() {
        println!("both");
    }
    if n > 9 && Feature::X.enabled() {
        println!("never");
    } else {
        println!("not both");
    }
}
