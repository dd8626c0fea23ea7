fn f() {
    println!("b")
}
fn g() {
    println!("c")
}
pub fn main() { f(); g(); }
