pub fn main() {
    let n = 5;
    let size = if Feature::X.enabled() { unsafe { *(&raw const n) } } else { 1 };
    println!("{size}");
}
