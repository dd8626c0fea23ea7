pub fn main() {
    #[allow(clippy::needless_bool)]
    let on = if Feature::X.enabled() { true } else { false };
    println!("{}", on);
}
