fn f(n: u32, on: bool) -> bool {
    let a = Feature::X.enabled() != !(n > 1);
    let b = Feature::X.enabled() == !on;
    let c = if !(n > 2) { !Feature::X.enabled() } else { Feature::X.enabled() };
    a ^ b ^ c
}

pub fn main() {
    println!("{} {} {}", f(0, true), f(2, false), f(3, true));
}
