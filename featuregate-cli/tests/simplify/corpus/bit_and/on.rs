pub fn main() {
    let a = true;
    println!("{} {} {}", a, true, !a);
}
