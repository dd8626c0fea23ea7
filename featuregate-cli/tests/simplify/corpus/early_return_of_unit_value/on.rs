fn run(n: u32) {
    println!("on {n}");
}

pub fn main() {
    run(1);
}
