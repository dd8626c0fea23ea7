pub fn main() {
    let mut n = 0;
    if Feature::X.enabled() {
        while n < 3 {
            n += 1;
        }
    } else {
        loop {
            n += 2;
            if n > 4 {
                break;
            }
        }
    }
    println!("{n}");
}
