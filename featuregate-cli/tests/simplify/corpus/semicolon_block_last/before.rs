fn f() {
    if Feature::X.enabled() {
        println!("a")
    } else {
        println!("b")
    }
}
fn g() {
    if Feature::X.enabled() {
        println!("a")
    };
    println!("c")
}
pub fn main() { f(); g(); }
