pub fn main() {
    let on = false;
    println!("{on} {}", 1);
    println!("{on:?}");
}
