pub fn main() {
    let pair = (true, 1);
    println!("{pair:?}");
}
