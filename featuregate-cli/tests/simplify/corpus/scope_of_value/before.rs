pub fn main() {
    let n = 1;
    let size = n + if Feature::X.enabled() {
        let n = 5;
        n
    } else {
        0
    };
    println!("{size} {n}");
}
