pub fn main() {
    for n in 0..3 {
        if !Feature::X.enabled() {
            println!("off {n}");
            continue;
        }
        println!("on {n}");
    }
}
