struct Config {
    fast: bool,
    size: u32,
}

pub fn main() {
    let fast = Feature::X.enabled();
    let config = Config { fast, size: 1 };
    println!("{} {}", config.fast, config.size);
}
