pub fn main() {
    let a = true;
    println!("{} {} {}", false, a, a);
}
