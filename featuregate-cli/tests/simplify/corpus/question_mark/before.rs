fn run() -> Option<u32> {
    let size = if Feature::X.enabled() { Some(1) } else { None }?;
    Some(size + 1)
}

pub fn main() {
    println!("{:?}", run());
}
