pub fn main() {
    let mut on = false;
    println!("{}", on);
    on = !on;
    println!("{}", on);
}
