fn g() -> bool { println!("g"); true }
pub fn main() {
    let _ = g();
    _ = g();
}
