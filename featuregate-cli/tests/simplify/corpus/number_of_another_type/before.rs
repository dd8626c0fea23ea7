struct Config {
    limit: u8,
}

const MOST: u64 = u64::MAX;

fn half() -> f32 {
    0.5
}

fn of_field(config: &Config) -> u32 {
    let limit = if Feature::X.enabled() { config.limit } else { 200 };
    u32::from(limit.wrapping_add(100))
}

fn of_parameter(n: u16) -> u32 {
    let n = if Feature::X.enabled() { n } else { 65_535 };
    n.wrapping_add(2).into()
}

pub fn main() {
    let x = if Feature::X.enabled() { half() } else { 0.1 };
    println!("{}", f64::from(x + 0.2));
    let n = if Feature::X.enabled() { u8::MAX } else { 1 };
    println!("{}", n.wrapping_sub(2));
    let n = if Feature::X.enabled() { MOST as i64 } else { -1 };
    println!("{}", n.count_ones());
    let n = match Feature::X.enabled() {
        true => "text".len(),
        false => 0,
    };
    println!("{}", n.wrapping_sub(1) > 1);
    println!("{} {}", of_field(&Config { limit: 3 }), of_parameter(4));
}
