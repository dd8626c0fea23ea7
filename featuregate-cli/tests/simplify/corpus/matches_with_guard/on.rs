fn f(n: u32, some: Option<u32>) -> bool {
    let small = n > 2 || n == 0;
    small || matches!(some, Some(m) if m > n)
}

pub fn main() {
    println!("{} {} {}", f(0, None), f(3, Some(4)), f(2, Some(1)));
}
