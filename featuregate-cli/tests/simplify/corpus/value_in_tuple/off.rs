pub fn main() {
    let pair = (false, 1);
    println!("{pair:?}");
}
