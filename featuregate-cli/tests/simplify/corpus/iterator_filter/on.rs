pub fn main() {
    let all: Vec<u32> = (0..5).filter(|n| true).map(|n| n).collect();
    println!("{all:?}");
}
