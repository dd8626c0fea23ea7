fn run(n: u32) -> Result<u32, String> {
    let size = "3".parse::<u32>().map_err(|error| error.to_string())?;
    Ok(size + n)
}

pub fn main() {
    println!("{:?}", run(1));
}
