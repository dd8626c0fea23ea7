fn size<T>(_: T) -> usize {
    std::mem::size_of::<T>()
}

pub fn main() {
    for other in [false, true] {
        let n = match (Feature::X.enabled(), other) {
            (true, true) => 1,
            (true, false) => 2,
            (false, _) => 3u8,
        };
        println!("{}", size(n));
        let n = match other {
            true if Feature::X.enabled() => 1,
            true => 2u64,
            false => 3,
        };
        println!("{}", size(n));
        let n = match other {
            true if Feature::X.enabled() => 1u16,
            _ => 3,
        };
        println!("{}", size(n));
    }
}
