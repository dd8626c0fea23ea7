fn run(n: u32) -> u32 {
    let n = n + 1;
    let m = n * 3;
    println!("{m}");
    m
}

pub fn main() {
    println!("{}", run(1));
}
