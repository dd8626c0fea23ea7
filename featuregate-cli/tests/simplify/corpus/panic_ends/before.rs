fn run(n: u32) -> u32 {
    if !Feature::X.enabled() {
        panic!("off");
    }
    n + 1
}

pub fn main() {
    println!("{}", run(1));
}
