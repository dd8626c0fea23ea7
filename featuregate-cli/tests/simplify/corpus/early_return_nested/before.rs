fn run(n: u32) -> u32 {
    if n > 0 {
        if Feature::X.enabled() {
            return 1;
        }
        println!("rest of n > 0");
    } else {
        println!("zero");
    }
    println!("end");
    2
}

pub fn main() {
    println!("{} {}", run(0), run(1));
}
