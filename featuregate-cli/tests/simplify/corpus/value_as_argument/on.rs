fn show(a: i32, b: i32) {
    println!("{a} {b}");
}

pub fn main() {
    println!("{}", "on");
    show(1 + 1, 4);
}
