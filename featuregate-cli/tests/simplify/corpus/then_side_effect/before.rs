fn g(n: u32) -> u32 { println!("g{n}"); n }
pub fn main() {
    Feature::X.enabled().then(|| g(1));
    let _ = Feature::X.enabled().then(|| g(2));
    let x = Feature::X.enabled().then_some(g(3));
    println!("{x:?}");
    (!Feature::X.enabled()).then(|| g(4));
}
