pub fn main() {
    let (a, b, c) = (true, false, true);
    println!("{}", !(a && b));
}
