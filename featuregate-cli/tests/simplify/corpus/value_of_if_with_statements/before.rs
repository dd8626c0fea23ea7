pub fn main() {
    let size = if Feature::X.enabled() {
        let half = 5;
        half * 2
    } else {
        let third = 7;
        third * 3
    };
    println!("{size}");
}
