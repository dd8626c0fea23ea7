pub fn main() {
    { let other = false; println!("{other}") }
}
