fn f(n: u32) -> u32 {
    println!("once");
    1
}

fn g(n: u32) -> u32 {
    let m = 1;
    m + 1
}

pub fn main() {
    println!("{} {}", f(2), g(3));
}
