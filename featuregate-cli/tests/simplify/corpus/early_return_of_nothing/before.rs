fn run(n: u32) {
    if !Feature::X.enabled() {
        return;
    }
    println!("{n}");
}

pub fn main() {
    run(1);
}
