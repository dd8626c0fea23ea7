fn run() -> u32 {
    let mut n = 0;
    println!("left");
    n + 10
}

pub fn main() {
    println!("{}", run());
}
