pub fn main() {
    let all = [1, 2];
    println!("{} {}", all[if Feature::X.enabled() { 0 } else { 1 }], all[usize::from(Feature::X.enabled())]);
}
