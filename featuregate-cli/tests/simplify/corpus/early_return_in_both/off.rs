fn run(n: u32) -> u32 {
    n + 1
}

pub fn main() {
    println!("{}", run(1));
}
