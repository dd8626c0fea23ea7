pub fn main() {
    let mut size = 1;
    size += 2;
    println!("{size}");
}
