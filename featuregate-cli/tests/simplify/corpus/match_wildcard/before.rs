pub fn main() {
    let size = match Feature::X.enabled() {
        true => 1,
        _ => 2,
    };
    println!("{size}");
}
