fn run(n: u32) -> u32 {
    let size = if Feature::X.enabled() { return 1 } else { n };
    println!("{size}");
    size + 1
}

pub fn main() {
    println!("{}", run(4));
}
