pub fn main() {
    let mut n = 0;
    println!("{n}");
}
