fn run(n: u32) -> Result<u32, String> {
    if !Feature::X.enabled() {
        return Err("off".to_owned());
    }
    let size = "3".parse::<u32>().map_err(|error| error.to_string())?;
    Ok(size + n)
}

pub fn main() {
    println!("{:?}", run(1));
}
