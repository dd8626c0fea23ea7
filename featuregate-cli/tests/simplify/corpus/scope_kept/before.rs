pub fn main() {
    let n = 1;
    if Feature::X.enabled() {
        let n = n + 1;
        println!("{n}");
    }
    println!("{n}");
}
