fn size(n: u32) -> u32 {
    if Feature::X.enabled() {
        let more = n + 1;
        more * 2
    } else {
        n
    }
}

pub fn main() {
    println!("{}", size(3));
}
