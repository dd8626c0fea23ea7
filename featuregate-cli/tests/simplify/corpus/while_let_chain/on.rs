pub fn main() {
    let mut all = vec![1, 2, 3];
    while let Some(n) = all.pop() {
        println!("{n}");
    }
    println!("{}", all.len());
}
