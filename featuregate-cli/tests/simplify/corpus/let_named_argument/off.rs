pub fn main() {
    let on = false;
    println!("{on}", on = false);
    println!("{value}", value = false);
}
