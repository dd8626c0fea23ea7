fn size<T>(_: T) -> usize {
    std::mem::size_of::<T>()
}

pub fn main() {
    for other in [false, true] {
        let n = 3u8;
        println!("{}", size(n));
        let n = match other {
            true => 2u64,
            false => 3,
        };
        println!("{}", size(n));
        let n = match other {
            _ => 3u16,
        };
        println!("{}", size(n));
    }
}
