fn f(n: u32) -> u32 {
    #[allow(unused_variables)]
    let x = if Feature::X.enabled() { n } else { 0 };
    #[allow(clippy::all)]
    if Feature::X.enabled() {
        println!("on");
    }
    x
}
pub fn main() { println!("{}", f(5)); }
