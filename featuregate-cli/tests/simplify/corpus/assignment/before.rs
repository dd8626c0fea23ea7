pub fn main() {
    let mut size = 1;
    size = if Feature::X.enabled() { size + 1 } else { size };
    size += if Feature::X.enabled() { 1 } else { 2 };
    println!("{size}");
}
