pub fn main() {
    let size = |n: u32| if Feature::X.enabled() { n + 1 } else { n };
    println!("{}", size(1));
}
