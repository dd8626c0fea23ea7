struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
pub fn main() {
    let _a = D("a");
    {
        let _b = D("b");
        println!("in");
    }
    println!("out");
    {
        let _c = D("c");
    }
    let n = { let _e = D("e"); 1 };
    println!("end {n}");
}
