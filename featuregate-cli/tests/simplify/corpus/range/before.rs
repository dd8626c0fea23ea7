pub fn main() {
    for n in 0..if Feature::X.enabled() { 2 } else { 3 } {
        println!("{n}");
    }
}
