fn f(n: u32, some: Option<u32>) -> bool {
    let small = n == 0;
    let other = !(n > 2);
    small && other
}

pub fn main() {
    println!("{} {} {}", f(0, None), f(3, Some(4)), f(2, Some(1)));
}
