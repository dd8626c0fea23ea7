pub fn main() {
    let on = 1 > 2;
    if on {
        println!("never");
    } else {
        println!("second");
    }
}
