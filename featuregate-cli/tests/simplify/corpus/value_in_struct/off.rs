struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: 2, fast: false };
    println!("{} {}", config.size, config.fast);
}
