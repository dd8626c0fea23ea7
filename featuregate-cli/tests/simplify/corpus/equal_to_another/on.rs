pub fn main() {
    for wanted in [true, false] {
        if wanted {
            println!("as wanted: {wanted}");
        }
        if !wanted {
            println!("not as wanted: {wanted}");
        }
    }
}
