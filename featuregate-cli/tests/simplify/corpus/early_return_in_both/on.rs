fn run(n: u32) -> u32 {
    n
}

pub fn main() {
    println!("{}", run(1));
}
