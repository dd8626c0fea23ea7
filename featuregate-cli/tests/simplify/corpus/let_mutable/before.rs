pub fn main() {
    let mut on = Feature::X.enabled();
    println!("{}", on);
    on = !on;
    println!("{}", on);
}
