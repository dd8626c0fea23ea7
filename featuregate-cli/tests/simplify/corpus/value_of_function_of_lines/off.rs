fn size(n: u32) -> u32 {
    n
}

pub fn main() {
    println!("{}", size(3));
}
