pub fn main() {
    for n in 0..3 {
        if Feature::X.enabled() {
            println!("on");
        } else if n == 1 {
            println!("one");
        } else {
            println!("other");
        }
    }
}
