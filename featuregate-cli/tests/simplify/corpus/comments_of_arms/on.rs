fn f() -> u32 {
    // More, since it is fast.
    let size = 10;
    // How many there are.
    // All of them.
    let count = 3;
    size * count
}

pub fn main() {
    println!("{}", f());
}
