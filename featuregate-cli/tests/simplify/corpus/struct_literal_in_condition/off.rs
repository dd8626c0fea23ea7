#[derive(PartialEq)]
struct Size {
    n: u32,
}

pub fn main() {
    if (Size { n: 2 }).n == 1 {
        println!("one");
    }
}
