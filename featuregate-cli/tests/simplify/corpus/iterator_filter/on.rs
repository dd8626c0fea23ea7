pub fn main() {
    let all: Vec<u32> = (0..5).map(|n| n).collect();
    println!("{all:?}");
}
