fn f(n: u32) {
    if let Some(x) = Feature::X.enabled().then(|| n * 2) {
        println!("on {x}");
    } else {
        println!("off");
    }
}
pub fn main() { f(3); }
