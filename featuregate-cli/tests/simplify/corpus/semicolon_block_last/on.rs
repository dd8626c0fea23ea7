fn f() {
    println!("a")
}
fn g() {
    println!("a");
    println!("c")
}
pub fn main() { f(); g(); }
