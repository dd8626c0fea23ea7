fn run(n: u32) -> u32 {
    1
}

pub fn main() {
    println!("{}", run(4));
}
