fn size() -> u32 {
    1
}

pub fn main() {
    println!("{}", size());
}
