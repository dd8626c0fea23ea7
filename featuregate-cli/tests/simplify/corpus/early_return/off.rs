fn run(n: u32) -> u32 {
    println!("old");
    n
}

pub fn main() {
    println!("{}", run(1));
}
