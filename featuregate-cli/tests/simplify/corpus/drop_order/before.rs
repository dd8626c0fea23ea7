struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
pub fn main() {
    let _a = D("a");
    if Feature::X.enabled() {
        let _b = D("b");
        println!("in");
    }
    println!("out");
    {
        if Feature::X.enabled() {
            let _c = D("c");
        } else {
            let _d = D("d");
        }
    }
    let n = if Feature::X.enabled() { let _e = D("e"); 1 } else { 2 };
    println!("end {n}");
}
