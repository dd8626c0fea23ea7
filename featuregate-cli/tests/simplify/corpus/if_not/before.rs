pub fn main() {
    if !Feature::X.enabled() {
        println!("off");
        println!("still off");
    }
    println!("b");
}
