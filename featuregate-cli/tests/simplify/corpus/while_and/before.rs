pub fn main() {
    let mut n = 0;
    while n < 3 && Feature::X.enabled() {
        n += 1;
    }
    println!("{n}");
    while Feature::X.enabled() && n < 6 {
        n += 1;
    }
    println!("{n}");
}
