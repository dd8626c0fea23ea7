pub fn main() {
    for n in 0..2 {
        println!("{n}");
    }
}
