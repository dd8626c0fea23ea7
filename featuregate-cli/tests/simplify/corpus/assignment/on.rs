pub fn main() {
    let mut size = 1;
    size = size + 1;
    size += 1;
    println!("{size}");
}
