fn run() -> u32 {
    return helper();
    fn helper() -> u32 {
        7
    }
}

pub fn main() {
    println!("{}", run());
}
