pub fn main() {
    let size = match Feature::X.enabled() {
        true => 1,
        false => 2,
    };
    println!("{size}");
}
