fn is_off() -> bool {
    true
}

pub fn main() {
    println!("{}", is_off());
}
