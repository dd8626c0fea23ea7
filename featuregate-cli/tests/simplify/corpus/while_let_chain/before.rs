pub fn main() {
    let mut all = vec![1, 2, 3];
    while let Some(n) = all.pop() && Feature::X.enabled() {
        println!("{n}");
    }
    println!("{}", all.len());
}
