fn run(n: u32) -> u32 {
    let size = n;
    println!("{size}");
    size + 1
}

pub fn main() {
    println!("{}", run(4));
}
