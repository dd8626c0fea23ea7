fn is_off() -> bool {
    !Feature::X.enabled()
}

pub fn main() {
    println!("{}", is_off());
}
