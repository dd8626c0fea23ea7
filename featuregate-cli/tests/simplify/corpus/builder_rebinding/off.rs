pub fn main() {
    let b = vec![1];
    println!("{b:?}");
}
