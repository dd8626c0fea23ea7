fn run(n: u32) -> u32 {
    unreachable!();
}

pub fn main() {
    println!("{}", run(1));
}
