fn is_on() -> bool {
    false
}

pub fn main() {
    println!("{}", is_on());
    if is_on() {
        println!("on");
    }
}
