fn run(n: u32) {
    println!("{n}");
}

pub fn main() {
    run(1);
}
