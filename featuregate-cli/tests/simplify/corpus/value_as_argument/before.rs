fn show(a: i32, b: i32) {
    println!("{a} {b}");
}

pub fn main() {
    println!("{}", if Feature::X.enabled() { "on" } else { "off" });
    show(if Feature::X.enabled() { 1 + 1 } else { 3 }, 4);
}
