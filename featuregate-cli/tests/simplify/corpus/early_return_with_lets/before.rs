fn run(n: u32) -> u32 {
    let n = n + 1;
    if Feature::X.enabled() {
        let n = n * 2;
        println!("{n}");
        return n;
    }
    let m = n * 3;
    println!("{m}");
    m
}

pub fn main() {
    println!("{}", run(1));
}
