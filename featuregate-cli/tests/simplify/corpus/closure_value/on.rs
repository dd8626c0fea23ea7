pub fn main() {
    let size = |n: u32| n + 1;
    println!("{}", size(1));
}
