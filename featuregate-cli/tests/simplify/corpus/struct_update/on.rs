#[derive(Default)]
struct Config {
    size: u32,
    fast: bool,
}

pub fn main() {
    let config = Config { size: 1, ..Config { size: 2, fast: true } };
    println!("{} {}", config.size, config.fast);
}
