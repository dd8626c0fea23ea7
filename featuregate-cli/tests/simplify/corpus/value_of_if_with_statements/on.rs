pub fn main() {
    let size = {
        let half = 5;
        half * 2
    };
    println!("{size}");
}
