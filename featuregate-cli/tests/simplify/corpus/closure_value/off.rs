pub fn main() {
    let size = |n: u32| n;
    println!("{}", size(1));
}
