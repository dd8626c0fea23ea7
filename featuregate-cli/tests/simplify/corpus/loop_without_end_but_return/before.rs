fn run() -> u32 {
    let mut n = 0;
    loop {
        if Feature::X.enabled() {
            break;
        }
        n += 1;
        if n > 3 {
            return n;
        }
    }
    println!("left");
    n + 10
}

pub fn main() {
    println!("{}", run());
}
