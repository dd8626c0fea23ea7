pub fn main() {
    let mut n = 0;
    while Feature::X.enabled() {
        n += 1;
        if n > 2 {
            break;
        }
    }
    println!("{n}");
}
