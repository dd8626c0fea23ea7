fn f(n: u32) -> u32 {
    println!("once");
    n
}

fn g(n: u32) -> u32 {
    let m = loop {
        if n > 3 {
            continue;
        }
        break n;
    };
    m + 1
}

pub fn main() {
    println!("{} {}", f(2), g(3));
}
