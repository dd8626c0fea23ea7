fn run() {
    println!("on");
}

pub fn main() {
    run();
}
