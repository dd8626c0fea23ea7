fn f(n: u32) {
    {
        let x = n;
        println!("on {x}");
    }
    println!("end");
}
pub fn main() { f(3); }
