pub fn main() {
    println!("a");

    if Feature::X.enabled() {
        println!("on");
    }

    println!("b");
}
