fn f(n: u32) {
    if let Some(x) = Feature::X.enabled().then_some(n) {
        println!("on {x}");
    }
    println!("end");
}
pub fn main() { f(3); }
