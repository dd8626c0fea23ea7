fn pick<T>(new: T, old: T) -> T {
    old
}

pub fn main() {
    println!("{}", pick("a", "b"));
}
