pub fn main() {
    if !!Feature::X.enabled() {
        println!("on");
    }
}
