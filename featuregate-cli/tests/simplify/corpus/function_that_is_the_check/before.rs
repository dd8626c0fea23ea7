fn is_on() -> bool {
    Feature::X.enabled()
}

pub fn main() {
    println!("{}", is_on());
    if is_on() {
        println!("on");
    }
}
