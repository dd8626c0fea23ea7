fn run(n: u32) -> Result<u32, String> {
    Err("off".to_owned())
}

pub fn main() {
    println!("{:?}", run(1));
}
