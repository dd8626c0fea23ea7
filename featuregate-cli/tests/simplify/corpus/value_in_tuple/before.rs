pub fn main() {
    let pair = (Feature::X.enabled(), 1);
    println!("{pair:?}");
}
