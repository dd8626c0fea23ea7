pub fn main() {
    let all = [if Feature::X.enabled() { 1 } else { 2 }, 3];
    println!("{all:?}");
}
