fn run() -> Option<u32> {
    let size = if false { Some(1) } else { None }?;
    Some(size + 1)
}

pub fn main() {
    println!("{:?}", run());
}
