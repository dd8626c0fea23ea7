pub fn main() {
    let b = vec![1];
    let b = {
        let mut b = b;
        b.push(2);
        b
    };
    println!("{b:?}");
}
