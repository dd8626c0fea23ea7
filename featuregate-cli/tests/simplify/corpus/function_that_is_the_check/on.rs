fn is_on() -> bool {
    true
}

pub fn main() {
    println!("{}", is_on());
    if is_on() {
        println!("on");
    }
}
