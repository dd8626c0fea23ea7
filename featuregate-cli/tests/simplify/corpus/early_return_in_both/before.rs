fn run(n: u32) -> u32 {
    if Feature::X.enabled() {
        return n;
    } else {
        return n + 1;
    }
}

pub fn main() {
    println!("{}", run(1));
}
