fn f(n: u32, on: bool) -> bool {
    let a = !(n > 1);
    let b = on;
    let c = !(n > 2);
    a ^ b ^ c
}

pub fn main() {
    println!("{} {} {}", f(0, true), f(2, false), f(3, true));
}
