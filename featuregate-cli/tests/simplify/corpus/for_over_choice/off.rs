pub fn main() {
    for n in 5..7 {
        println!("{n}");
    }
}
