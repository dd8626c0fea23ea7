fn run(n: u32) -> u32 {
    let size = n.max(return 9);
    size + 1
}

pub fn main() {
    println!("{}", run(2));
}
