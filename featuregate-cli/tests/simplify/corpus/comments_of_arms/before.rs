fn f() -> u32 {
    let size = match Feature::X.enabled() {
        true => 10, // More, since it is fast.
        false => 5, // Less.
    };
    // How many there are.
    let count = match Feature::X.enabled() {
        // All of them.
        true => 3,
        // Only one.
        _ => 1,
    };
    size * count
}

pub fn main() {
    println!("{}", f());
}
