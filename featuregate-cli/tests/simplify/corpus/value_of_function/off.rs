fn size() -> u32 {
    2
}

pub fn main() {
    println!("{}", size());
}
