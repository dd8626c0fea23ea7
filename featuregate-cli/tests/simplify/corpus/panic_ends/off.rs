fn run(n: u32) -> u32 {
    panic!("off");
}

pub fn main() {
    println!("{}", run(1));
}
