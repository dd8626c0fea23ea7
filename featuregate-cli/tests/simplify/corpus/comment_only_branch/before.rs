fn f() {
    if Feature::X.enabled() {
        // Nothing to do: the new code does it.
    } else {
        println!("old");
    }
    println!("c")
}
pub fn main() { f(); }
