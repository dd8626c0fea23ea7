pub fn main() {
    let n = 1;
    let size = n + 0;
    println!("{size} {n}");
}
