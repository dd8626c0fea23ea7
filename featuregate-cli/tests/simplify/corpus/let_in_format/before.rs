pub fn main() {
    let on = Feature::X.enabled();
    println!("{on} {}", 1);
    println!("{on:?}");
    if on {
        println!("on");
    }
}
