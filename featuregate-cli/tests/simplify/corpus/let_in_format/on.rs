pub fn main() {
    let on = true;
    println!("{on} {}", 1);
    println!("{on:?}");
    println!("on");
}
