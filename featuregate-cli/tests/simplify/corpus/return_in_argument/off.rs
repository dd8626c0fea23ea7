fn run(n: u32) -> u32 {
    let size = n.max(1);
    size + 1
}

pub fn main() {
    println!("{}", run(2));
}
