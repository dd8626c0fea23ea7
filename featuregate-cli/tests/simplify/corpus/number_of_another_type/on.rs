struct Config {
    limit: u8,
}

const MOST: u64 = u64::MAX;

fn half() -> f32 {
    0.5
}

fn of_field(config: &Config) -> u32 {
    let limit = config.limit;
    u32::from(limit.wrapping_add(100))
}

fn of_parameter(n: u16) -> u32 {
    n.wrapping_add(2).into()
}

pub fn main() {
    let x = half();
    println!("{}", f64::from(x + 0.2));
    let n = u8::MAX;
    println!("{}", n.wrapping_sub(2));
    let n = MOST as i64;
    println!("{}", n.count_ones());
    let n = "text".len();
    println!("{}", n.wrapping_sub(1) > 1);
    println!("{} {}", of_field(&Config { limit: 3 }), of_parameter(4));
}
