fn f() {
}
pub fn main() { f(); }
