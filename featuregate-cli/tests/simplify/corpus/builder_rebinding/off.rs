pub fn main() {
    let b = vec![1];
    let b = b;
    println!("{b:?}");
}
