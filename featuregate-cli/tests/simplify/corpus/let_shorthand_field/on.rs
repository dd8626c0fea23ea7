struct Config {
    fast: bool,
    size: u32,
}

pub fn main() {
    let config = Config { fast: true, size: 1 };
    println!("{} {}", config.fast, config.size);
}
