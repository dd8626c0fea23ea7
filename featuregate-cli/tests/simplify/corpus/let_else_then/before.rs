fn f(n: u32) -> u32 {
    // Only with the gate.
    let Some(x) = Feature::X.enabled().then(|| n + 1) else {
        // Without.
        println!("no");
        return 0;
    };
    println!("yes");
    x
}
pub fn main() { println!("{}", f(3)); }
