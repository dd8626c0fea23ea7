struct Config {
    fast: bool,
    size: u32,
}

pub fn main() {
    let config = Config { fast: false, size: 1 };
    println!("{} {}", config.fast, config.size);
}
