pub fn main() {
    let n = 1;
    println!("{n}");
    let n = n + 1;
    println!("{n}");
}
