pub fn main() {
    let mut on = true;
    println!("{}", on);
    on = !on;
    println!("{}", on);
}
