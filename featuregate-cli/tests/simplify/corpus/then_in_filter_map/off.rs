pub fn main() {
    let all: Vec<u32> = (0..3).filter_map(|n| false.then(|| n * 2)).collect();
    println!("{all:?}");
}
