struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: 1, fast: true };
    println!("{} {}", config.size, config.fast);
}
