fn run(n: u32) -> u32 {
    if Feature::X.enabled() {
        return n + 1;
    }
    println!("old");
    n
}

pub fn main() {
    println!("{}", run(1));
}
