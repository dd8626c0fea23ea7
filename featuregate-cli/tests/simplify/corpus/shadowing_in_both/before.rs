pub fn main() {
    let n = 1;
    if Feature::X.enabled() {
        let n = n * 10;
        println!("{n}");
    } else {
        let n = n * 20;
        println!("{n}");
    }
    let n = n + 1;
    println!("{n}");
}
