fn f() {
    // Nothing to do: the new code does it.
    println!("c")
}
pub fn main() { f(); }
