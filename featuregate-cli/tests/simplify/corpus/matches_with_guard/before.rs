fn f(n: u32, some: Option<u32>) -> bool {
    let small = matches!(Feature::X.enabled(), true if n > 2) || n == 0;
    let other = !matches!(Feature::X.enabled(), false if n > 2);
    small && other || matches!(some, Some(m) if Feature::X.enabled() && m > n)
}

pub fn main() {
    println!("{} {} {}", f(0, None), f(3, Some(4)), f(2, Some(1)));
}
