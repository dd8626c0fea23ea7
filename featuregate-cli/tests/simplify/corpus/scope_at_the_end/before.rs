pub fn main() {
    let n = 1;
    println!("{n}");
    if Feature::X.enabled() {
        let n = n + 1;
        println!("{n}");
    }
}
