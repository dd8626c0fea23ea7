pub fn main() {
    let mut n = 1;
    let m = 7;
    n += 10;
    println!("{n} {m}");
}
