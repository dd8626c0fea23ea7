fn run(n: u32) -> u32 {
    let size = {
        if Feature::X.enabled() {
            return 1;
        }
        n + 1
    };
    println!("{size}");
    size
}

pub fn main() {
    println!("{}", run(4));
}
