fn run(n: u32) -> u32 {
    if n > 0 {
        return 1;
    } else {
        println!("zero");
    }
    println!("end");
    2
}

pub fn main() {
    println!("{} {}", run(0), run(1));
}
