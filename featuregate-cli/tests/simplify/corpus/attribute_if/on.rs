fn f(n: u32) -> u32 {
    #[allow(unused_variables)]
    let x = n;
    #[allow(clippy::all)]
    {
        println!("on");
    }
    x
}
pub fn main() { println!("{}", f(5)); }
