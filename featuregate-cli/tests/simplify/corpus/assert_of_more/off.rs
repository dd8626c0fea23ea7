pub fn main() {
    let n = 3;
    assert!(n > 1, "{n}");
    println!("{}", false);
}
