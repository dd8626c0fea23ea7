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
    let bytes = 4u64;
    println!("{}", bytes * 2);
    let sum = 2u64;
    println!("{}", size(sum));
    println!("{:x}", 1i8);
    println!("{} {}", size(2u64), size(2f32));
    println!("{} {}", size(n()), half(n()));
    println!("{}", size(2u64));
    println!("{}", size(4u8));
    println!("{}", size(Some(2u64)));
    println!("{}", size((2u64, 1f32)));
    println!("{}", size([2u64, 3]));
    println!("{}", size(vec![2u8][0]));
    println!("{}", size(W(2u64).0));
    println!("{}", std::mem::size_of_val(&2u64));
}
