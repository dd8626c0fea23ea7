pub fn main() {
    let all: Vec<u32> = (0..5).filter(|n| Feature::X.enabled() || n % 2 == 0).map(|n| if Feature::X.enabled() { n } else { n * 2 }).collect();
    println!("{all:?}");
}
