fn run() -> u32 {
    if Feature::X.enabled() {
        return helper();
    }
    println!("old");
    fn helper() -> u32 {
        7
    }
    helper() + 1
}

pub fn main() {
    println!("{}", run());
}
