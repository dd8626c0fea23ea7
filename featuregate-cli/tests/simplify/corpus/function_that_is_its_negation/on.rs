fn is_off() -> bool {
    false
}

pub fn main() {
    println!("{}", is_off());
}
