fn show(a: i32, b: i32) {
    println!("{a} {b}");
}

pub fn main() {
    println!("{}", "off");
    show(3, 4);
}
