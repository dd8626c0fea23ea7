fn run(n: u32) -> u32 {
    match n {
        0 => {
            println!("zero");
        }
        _ => println!("other"),
    }
    n
}

pub fn main() {
    println!("{} {}", run(0), run(1));
}
