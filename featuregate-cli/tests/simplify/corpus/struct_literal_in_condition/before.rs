#[derive(PartialEq)]
struct Size {
    n: u32,
}

pub fn main() {
    if (Size { n: if Feature::X.enabled() { 1 } else { 2 } }).n == 1 {
        println!("one");
    }
    if Feature::X.enabled() && (Size { n: 1 } == Size { n: 1 }) {
        println!("same");
    }
}
