#[derive(Default)]
struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: 1, ..Config::default() };
    println!("{} {}", config.size, config.fast);
}
