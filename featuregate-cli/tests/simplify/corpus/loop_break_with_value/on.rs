pub fn main() {
    let mut n = 0;
    let size = {
        n += 1;
        n * 2
    };
    println!("{size}");
}
