pub fn main() {
    let on = Feature::X.enabled();
    let reference = &on;
    println!("{}", reference);
}
