pub fn main() {
    let mut all = vec![1, 2, 3];
    if let Some(n) = all.pop() {}
    println!("{}", all.len());
}
