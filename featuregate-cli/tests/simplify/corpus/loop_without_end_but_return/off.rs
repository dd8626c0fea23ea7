fn run() -> u32 {
    let mut n = 0;
    loop {
        n += 1;
        if n > 3 {
            return n;
        }
    }
}

pub fn main() {
    println!("{}", run());
}
