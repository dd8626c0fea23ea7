pub fn main() {
    let n = 3;
    println!("{} {}", n > 2, !(n > 2 && n < 9));
}
