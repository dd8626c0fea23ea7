fn run(n: u32) -> u32 {
    let size = {
        return 1;
    };
}

pub fn main() {
    println!("{}", run(4));
}
