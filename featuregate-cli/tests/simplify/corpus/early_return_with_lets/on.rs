fn run(n: u32) -> u32 {
    let n = n + 1;
    let n = n * 2;
    println!("{n}");
    n
}

pub fn main() {
    println!("{}", run(1));
}
