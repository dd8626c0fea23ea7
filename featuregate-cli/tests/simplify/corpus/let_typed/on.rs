pub fn main() {
    if 1 < 2 {
        println!("on");
    }
    println!("{}", true);
}
