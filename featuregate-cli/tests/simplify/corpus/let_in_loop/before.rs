pub fn main() {
    for n in 0..3 {
        let on = Feature::X.enabled() && n > 0;
        if on {
            println!("{n}");
        }
    }
}
