fn pick<T>(new: T, old: T) -> T {
    new
}

pub fn main() {
    println!("{}", pick("a", "b"));
}
