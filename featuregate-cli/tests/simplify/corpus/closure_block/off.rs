pub fn main() {
    let size = |n: u32| {
        println!("old");
        n
    };
    println!("{}", size(1));
}
