fn size<T>(_: T) -> usize {
    std::mem::size_of::<T>()
}

fn half(n: u64) -> u64 {
    n / 2
}

fn n() -> u64 {
    3
}

struct W<T>(T);

pub fn main() {
    let bytes = if Feature::X.enabled() { 1 << 31 } else { 4u64 };
    println!("{}", bytes * 2);
    let sum = if Feature::X.enabled() { (1 + 1) * 3 } else { 2u64 };
    println!("{}", size(sum));
    println!("{:x}", if Feature::X.enabled() { -1 } else { 1i8 });
    println!("{} {}", size(if Feature::X.enabled() { 1 } else { 2u64 }), size(if Feature::X.enabled() { 1.5 } else { 2f32 }));
    println!("{} {}", size(if Feature::X.enabled() { 1 } else { n() }), half(if Feature::X.enabled() { 10 } else { n() }));
    println!("{}", size(Feature::X.enabled().then_some(1).unwrap_or(2u64)));
    println!("{}", size(Feature::X.enabled().then_some(3u8).unwrap_or(4)));
    println!("{}", size(if Feature::X.enabled() { Some(1) } else { Some(2u64) }));
    println!("{}", size(if Feature::X.enabled() { (1, 2.0) } else { (2u64, 1f32) }));
    println!("{}", size(if Feature::X.enabled() { [1, 2] } else { [2u64, 3] }));
    println!("{}", size(vec![if Feature::X.enabled() { 1 } else { 2u8 }][0]));
    println!("{}", size(if Feature::X.enabled() { W(1) } else { W(2u64) }.0));
    println!("{}", std::mem::size_of_val(if Feature::X.enabled() { &1 } else { &2u64 }));
}
