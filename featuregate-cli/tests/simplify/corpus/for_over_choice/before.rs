pub fn main() {
    for n in if Feature::X.enabled() { 0..2 } else { 5..7 } {
        println!("{n}");
    }
}
