fn run() {
    println!("off");
}

pub fn main() {
    run();
}
