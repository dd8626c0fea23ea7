#[derive(Default)]
struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: 1, ..if Feature::X.enabled() { Config { size: 2, fast: true } } else { Config::default() } };
    println!("{} {}", config.size, config.fast);
}
