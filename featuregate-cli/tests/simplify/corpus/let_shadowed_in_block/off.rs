pub fn main() {
    {
        println!("{}", true);
    }
    println!("{}", false);
}
