pub fn main() {
    let b = vec![1];
    let b = if Feature::X.enabled() {
        let mut b = b;
        b.push(2);
        b
    } else {
        b
    };
    println!("{b:?}");
}
