fn run(n: u32) -> u32 {
    let size = n.max(if Feature::X.enabled() { return 9 } else { 1 });
    size + 1
}

pub fn main() {
    println!("{}", run(2));
}
