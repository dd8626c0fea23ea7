fn f() -> u32 {
    // Less.
    let size = 5;
    // How many there are.
    // Only one.
    let count = 1;
    size * count
}

pub fn main() {
    println!("{}", f());
}
