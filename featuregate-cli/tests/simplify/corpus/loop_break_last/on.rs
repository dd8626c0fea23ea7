pub fn main() {
    let mut n = 0;
    n += 1;
    println!("{n}");
    println!("end");
}
