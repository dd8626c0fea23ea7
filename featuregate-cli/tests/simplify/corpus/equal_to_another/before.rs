pub fn main() {
    for wanted in [true, false] {
        if wanted == Feature::X.enabled() {
            println!("as wanted: {wanted}");
        }
        if Feature::X.enabled() != wanted {
            println!("not as wanted: {wanted}");
        }
    }
}
