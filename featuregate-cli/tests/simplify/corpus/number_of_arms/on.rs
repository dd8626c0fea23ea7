fn size<T>(_: T) -> usize {
    std::mem::size_of::<T>()
}

pub fn main() {
    for other in [false, true] {
        let n = match other {
            true => 1u8,
            false => 2u8,
        };
        println!("{}", size(n));
        let n = match other {
            true => 1u64,
            false => 3u64,
        };
        println!("{}", size(n));
        let n = match other {
            true => 1u16,
            _ => 3,
        };
        println!("{}", size(n));
    }
}
