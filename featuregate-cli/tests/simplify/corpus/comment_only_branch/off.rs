fn f() {
    println!("old");
    println!("c")
}
pub fn main() { f(); }
