pub fn main() {
    let on: bool = Feature::X.enabled();
    if on && 1 < 2 {
        println!("on");
    }
    println!("{}", on);
}
