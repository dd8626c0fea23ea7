struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: if Feature::X.enabled() { 1 } else { 2 }, fast: Feature::X.enabled() };
    println!("{} {}", config.size, config.fast);
}
