pub fn main() {
    let on = Feature::X.enabled();
    println!("{on}", on = on);
    println!("{value}", value = on);
}
