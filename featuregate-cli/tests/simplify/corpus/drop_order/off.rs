struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
pub fn main() {
    let _a = D("a");
    println!("out");
    {
        let _d = D("d");
    }
    let n = 2;
    println!("end {n}");
}
