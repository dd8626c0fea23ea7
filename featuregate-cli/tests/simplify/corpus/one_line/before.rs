pub fn main() {
    let mut n = 0; if Feature::X.enabled() { n += 1; } n += 2; println!("{n}");
}
