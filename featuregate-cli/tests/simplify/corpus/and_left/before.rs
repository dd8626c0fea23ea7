pub fn main() {
    let n = 3;
    if Feature::X.enabled() && n > 2 {
        println!("both");
    }
}
