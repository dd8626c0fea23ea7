struct Config {
    limit: u8,
}

const MOST: u64 = u64::MAX;

fn half() -> f32 {
    0.5
}

fn of_field(config: &Config) -> u32 {
    let limit = 200u8;
    u32::from(limit.wrapping_add(100))
}

fn of_parameter(n: u16) -> u32 {
    let n = 65_535u16;
    n.wrapping_add(2).into()
}

pub fn main() {
    let x = 0.1f32;
    println!("{}", f64::from(x + 0.2));
    let n = 1u8;
    println!("{}", n.wrapping_sub(2));
    let n = -1i64;
    println!("{}", n.count_ones());
    let n = 0usize;
    println!("{}", n.wrapping_sub(1) > 1);
    println!("{} {}", of_field(&Config { limit: 3 }), of_parameter(4));
}
