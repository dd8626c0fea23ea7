pub fn main() {
    let a = true;
    println!("{} {} {}", a & Feature::X.enabled(), Feature::X.enabled() | a, a ^ Feature::X.enabled());
}
