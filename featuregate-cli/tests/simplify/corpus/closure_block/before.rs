pub fn main() {
    let size = |n: u32| {
        if Feature::X.enabled() {
            return n + 1;
        }
        println!("old");
        n
    };
    println!("{}", size(1));
}
