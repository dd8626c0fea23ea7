fn f() {
    println!(
        "{} {}",
        1, // one
        2,
    );
    /* block
           comment */
    let s = "a
  b";
    println!("{s}");
}
pub fn main() { f(); }
