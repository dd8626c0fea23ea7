pub fn main() {
    let n = 3;
    println!("{} {}", (n > 2) == Feature::X.enabled(), Feature::X.enabled() != (n > 2 && n < 9));
}
