pub fn main() {
    let on = || Feature::X.enabled();
    if on() {
        println!("on");
    }
    println!("{}", on());
}
