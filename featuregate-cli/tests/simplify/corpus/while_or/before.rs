pub fn main() {
    let mut n = 0;
    while !Feature::X.enabled() || n < 3 {
        n += 1;
        if n > 4 {
            break;
        }
    }
    println!("{n}");
}
