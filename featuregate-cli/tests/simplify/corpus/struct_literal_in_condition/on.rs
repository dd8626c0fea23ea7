#[derive(PartialEq)]
struct Size {
    n: u32,
}

pub fn main() {
    if (Size { n: 1 }).n == 1 {
        println!("one");
    }
    if ((Size { n: 1 } == Size { n: 1 })) {
        println!("same");
    }
}
