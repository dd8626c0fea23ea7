pub fn main() {
    let n = 1;
    {
        let n = n + 1;
        println!("{n}");
    }
    println!("{n}");
}
