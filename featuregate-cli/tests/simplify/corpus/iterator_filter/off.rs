pub fn main() {
    let all: Vec<u32> = (0..5).filter(|n| n % 2 == 0).map(|n| n * 2).collect();
    println!("{all:?}");
}
