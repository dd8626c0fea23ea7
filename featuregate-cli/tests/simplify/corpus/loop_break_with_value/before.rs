pub fn main() {
    let mut n = 0;
    let size = loop {
        n += 1;
        if Feature::X.enabled() {
            break n * 2;
        }
        if n > 3 {
            break n;
        }
    };
    println!("{size}");
}
