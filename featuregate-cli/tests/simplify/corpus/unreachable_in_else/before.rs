fn run(n: u32) -> u32 {
    if Feature::X.enabled() {
        n
    } else {
        unreachable!()
    }
}

pub fn main() {
    println!("{}", run(1));
}
