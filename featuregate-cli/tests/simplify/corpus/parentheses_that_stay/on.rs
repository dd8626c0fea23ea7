pub fn main() {
    let (a, b, c) = (true, false, true);
    if (a || b) && c {
        println!("yes");
    }
    println!("{}", false);
}
