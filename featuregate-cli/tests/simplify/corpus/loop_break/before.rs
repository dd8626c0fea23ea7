pub fn main() {
    let mut n = 0;
    loop {
        if Feature::X.enabled() {
            break;
        }
        n += 1;
        if n > 2 {
            break;
        }
    }
    println!("{n}");
}
