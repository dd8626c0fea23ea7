pub fn main() {
    let on = true;
    println!("{on}", on = true);
    println!("{value}", value = true);
}
