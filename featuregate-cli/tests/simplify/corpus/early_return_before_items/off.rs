fn run() -> u32 {
    println!("old");
    fn helper() -> u32 {
        7
    }
    helper() + 1
}

pub fn main() {
    println!("{}", run());
}
