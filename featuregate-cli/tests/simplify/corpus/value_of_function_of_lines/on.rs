fn size(n: u32) -> u32 {
    let more = n + 1;
    more * 2
}

pub fn main() {
    println!("{}", size(3));
}
