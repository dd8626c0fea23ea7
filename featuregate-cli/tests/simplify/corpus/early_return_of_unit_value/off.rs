fn run(n: u32) {
    println!("off {n}");
}

pub fn main() {
    run(1);
}
