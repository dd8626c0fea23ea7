fn run(n: u32) {
}

pub fn main() {
    run(1);
}
