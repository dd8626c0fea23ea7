fn pick<T>(new: T, old: T) -> T {
    if Feature::X.enabled() { new } else { old }
}

pub fn main() {
    println!("{}", pick("a", "b"));
}
