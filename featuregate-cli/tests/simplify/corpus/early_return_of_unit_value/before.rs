fn run(n: u32) {
    if Feature::X.enabled() {
        println!("on {n}");
        return;
    }
    println!("off {n}");
}

pub fn main() {
    run(1);
}
