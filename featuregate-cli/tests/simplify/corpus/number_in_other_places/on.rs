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
    let bytes = 1u64 << 31;
    println!("{}", bytes * 2);
    let sum = (1u64 + 1) * 3;
    println!("{}", size(sum));
    println!("{:x}", -1i8);
    println!("{} {}", size(1u64), size(1.5f32));
    println!("{} {}", size(1u64), half(10));
    println!("{}", size(1u64));
    println!("{}", size(3u8));
    println!("{}", size(Some(1u64)));
    println!("{}", size((1u64, 2.0f32)));
    println!("{}", size([1u64, 2]));
    println!("{}", size(vec![1u8][0]));
    println!("{}", size(W(1u64).0));
    println!("{}", std::mem::size_of_val(&1u64));
}
