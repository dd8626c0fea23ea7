pub fn main() {
    {
        println!("{}", false);
    }
    println!("{}", true);
}
