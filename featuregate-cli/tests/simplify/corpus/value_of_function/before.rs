fn size() -> u32 {
    if Feature::X.enabled() { 1 } else { 2 }
}

pub fn main() {
    println!("{}", size());
}
