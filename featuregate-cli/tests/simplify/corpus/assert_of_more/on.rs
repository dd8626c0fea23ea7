pub fn main() {
    let n = 3;
    assert!(n > 2 || n > 1, "{n}");
    println!("{}", true);
}
