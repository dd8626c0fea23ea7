fn run() -> Option<u32> {
    let size = Some(1)?;
    Some(size + 1)
}

pub fn main() {
    println!("{:?}", run());
}
